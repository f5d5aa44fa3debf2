from __future__ import annotations

from typing import Any

from cognito_check import CLIENT, CognitoCheck, value


class ExistenceHidden(CognitoCheck):
    id = "COGNITO_EXISTENCE_HIDDEN"
    name = "Ensure that a failed sign-in does not tell whether an account exists: existence errors are prevented"
    resource = CLIENT
    guideline = "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html"

    def holds(self, conf: dict[str, Any]) -> bool:
        return value(conf, "prevent_user_existence_errors") == "ENABLED"


check = ExistenceHidden()
