from __future__ import annotations

from typing import Any

from cognito_check import CLIENT, CognitoCheck, value

PASSWORD_FLOWS = {"ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"}


class PasswordFlowConfidential(CognitoCheck):
    id = "COGNITO_PASSWORD_FLOW_CONFIDENTIAL"
    name = "Ensure that passwords are sent by servers only: an app client with a password flow has a secret"
    resource = CLIENT
    guideline = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html"

    def holds(self, conf: dict[str, Any]) -> bool:
        flows = value(conf, "explicit_auth_flows") or []
        return not PASSWORD_FLOWS.intersection(flows) or value(conf, "generate_secret") is True


check = PasswordFlowConfidential()
