from __future__ import annotations

from typing import Any

from cognito_check import USER_POOL, CognitoCheck, value


class CaseInsensitive(CognitoCheck):
    id = "COGNITO_CASE_INSENSITIVE"
    name = "Ensure that `username` and `Username` are one person: a user pool does not heed letter case"
    resource = USER_POOL
    guideline = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-case-sensitivity.html"

    def holds(self, conf: dict[str, Any]) -> bool:
        # Left out, a pool that Terraform makes is case-sensitive, and stays so for good.
        return value(conf, "username_configuration", "case_sensitive") is False


check = CaseInsensitive()
