from __future__ import annotations

from typing import Any

from cognito_check import USER_POOL, CognitoCheck, is_set, value


class PreSignUpAttached(CognitoCheck):
    id = "COGNITO_PRE_SIGN_UP_ATTACHED"
    name = "Ensure that a function decides about every sign-up: a user pool has a Pre-SignUp trigger"
    resource = USER_POOL
    guideline = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html"

    def holds(self, conf: dict[str, Any]) -> bool:
        return is_set(value(conf, "lambda_config", "pre_sign_up"))


check = PreSignUpAttached()
