from __future__ import annotations

import re
from typing import Any

from cognito_check import CognitoCheck, is_set, value

PRINCIPAL = "cognito-idp.amazonaws.com"

# An ARN of one pool (`userpool/*` is every pool of the account); or, where it is known only after apply, a reference, which
# has to be a pool's where checkov sees through it, and can be anything behind a module.
ONE_POOL = re.compile(
    r"arn:[a-z-]+:cognito-idp:[a-z0-9-]+:\d{12}:userpool/[A-Za-z0-9_-]+"
    r"|(?!arn:)(?!aws_(?!cognito_user_pool\.))[^*?]+"
)


class PermissionBound(CognitoCheck):
    id = "COGNITO_PERMISSION_BOUND"
    name = "Ensure that Cognito may call a function for one user pool of one account only"
    resource = "aws_lambda_permission"
    guideline = "https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html"

    def holds(self, conf: dict[str, Any]) -> bool | None:
        if value(conf, "principal") != PRINCIPAL:
            return None
        source = value(conf, "source_arn")
        return is_set(source) and bool(ONE_POOL.fullmatch(source)) and is_set(value(conf, "source_account"))


check = PermissionBound()
