from __future__ import annotations

from typing import Any

from cognito_check import CLIENT, CognitoCheck, value


class TokensRevocable(CognitoCheck):
    id = "COGNITO_TOKENS_REVOCABLE"
    name = "Ensure that signing out can take back tokens: an app client does not turn token revocation off"
    resource = CLIENT
    guideline = "https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html"

    def holds(self, conf: dict[str, Any]) -> bool:
        # Left out, AWS turns it on.
        return value(conf, "enable_token_revocation") is not False


check = TokensRevocable()
