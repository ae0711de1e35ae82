"""The authentication backend that gives permissions by the positions in force today."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from departments.access import owner_id, rights


class PositionBackend(BaseBackend):
    """Permissions come only from the roles of positions in force today.

    Without a record: whether any position gives the permission. With a record that belongs to a unit
    (`owner_field`): whether a position in that unit or above it does.
    """

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        held = rights(user_obj)
        if held is None:
            return set()
        if getattr(obj, "owner_field", None) is None:
            return held.anywhere()
        unit = owner_id(obj)
        return held.at(unit) if unit is not None else set()

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions(user_obj))
