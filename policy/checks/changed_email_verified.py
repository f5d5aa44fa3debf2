from __future__ import annotations

from typing import Any

from cognito_check import USER_POOL, CognitoCheck, value


class ChangedEmailVerified(CognitoCheck):
    id = "COGNITO_CHANGED_EMAIL_VERIFIED"
    name = "Ensure that a changed e-mail address counts only once its owner has proved it"
    resource = USER_POOL
    guideline = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html"

    def holds(self, conf: dict[str, Any]) -> bool:
        attributes = value(
            conf, "user_attribute_update_settings", "attributes_require_verification_before_update"
        )
        return "email" in (attributes or [])


check = ChangedEmailVerified()
