"""What the checks of this folder have in common.

They read plans, the first one and later ones alike. checkov gives every argument as a list of one: `["ACTIVE"]`,
`[["email"]]`; a block is a list of blocks. A value that is known only after apply is the reference that it comes from.
"""

from __future__ import annotations

from typing import Any

from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.terraform.checks.resource.base_resource_check import BaseResourceCheck

USER_POOL = "aws_cognito_user_pool"
CLIENT = "aws_cognito_user_pool_client"


class CognitoCheck(BaseResourceCheck):
    """A check that says of one resource whether something holds."""

    id: str
    name: str
    resource: str
    guideline: str
    category = CheckCategories.IAM

    def __init__(self) -> None:
        super().__init__(
            name=self.name,
            id=self.id,
            categories=[self.category],
            supported_resources=[self.resource],
            guideline=self.guideline,
        )

    def scan_resource_conf(self, conf: dict[str, Any]) -> CheckResult:
        holds = self.holds(conf)
        if holds is None:
            return CheckResult.UNKNOWN
        return CheckResult.PASSED if holds else CheckResult.FAILED

    def holds(self, conf: dict[str, Any]) -> bool | None:
        """None where the check has nothing to say about this resource."""
        raise NotImplementedError


def value(conf: dict[str, Any], *path: str) -> Any:
    """The value of an argument, of blocks inside each other; None where it is left out or null."""
    found: Any = conf
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
        if isinstance(found, list):
            found = found[0] if found else None
    return found


def is_set(found: Any) -> bool:
    """Whether an argument has a value, be it one that is known only after apply."""
    return isinstance(found, str) and found != ""
