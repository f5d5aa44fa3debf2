from __future__ import annotations

from typing import Any

from checkov.common.models.enums import CheckCategories
from cognito_check import USER_POOL, CognitoCheck, value


class DeletionProtected(CognitoCheck):
    id = "COGNITO_DELETION_PROTECTED"
    name = "Ensure that AWS refuses to delete a user pool with all its accounts"
    resource = USER_POOL
    category = CheckCategories.BACKUP_AND_RECOVERY
    guideline = (
        "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html"
    )

    def holds(self, conf: dict[str, Any]) -> bool:
        return value(conf, "deletion_protection") == "ACTIVE"


check = DeletionProtected()
