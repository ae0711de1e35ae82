"""Write the table role → permissions to the database, where permissions are looked up."""

from django.contrib.auth.models import Group, Permission
from django.core.management.base import CommandError
from django.db import transaction

from accounts.roles import PERMISSIONS


@transaction.atomic
def write_roles() -> list[str]:
    """Make each role a Group, named by the role's value, with exactly the permissions of the table.

    Returns the changes in words. Raises CommandError for a permission that does not exist, because a misspelt
    one would otherwise be missing without notice.
    """
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.values_list("pk", "content_type__app_label", "codename")
    }
    changes = []
    for role, wanted in PERMISSIONS.items():
        if missing := sorted(wanted - known.keys()):
            raise CommandError(f"Chưa có quyền {', '.join(missing)}. Hãy chạy migrate trước.")
        group, _ = Group.objects.get_or_create(name=role.value)
        held = set(group.permissions.values_list("pk", flat=True))
        target = {known[perm] for perm in wanted}
        if held != target:
            group.permissions.set(target)
            added, removed = len(target - held), len(held - target)
            changes.append(f"{role.label}: thêm {added} quyền, bớt {removed} quyền")
    return changes
