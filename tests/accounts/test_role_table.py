import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts import role_table
from accounts.roles import PERMISSIONS, Role


def held(role):
    rows = Permission.objects.filter(group__name=role).values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


@pytest.mark.parametrize("role", Role)
def test_the_database_holds_the_table(db, role):
    assert held(role) == PERMISSIONS[role]


def test_every_role_has_its_row():
    assert set(PERMISSIONS) == set(Role)


def test_permissions_no_longer_in_the_table_are_taken_away(db, capsys):
    group = Group.objects.get(name=Role.COLLABORATOR)
    group.permissions.add(Permission.objects.get(codename="approve_article"))
    call_command("sync_roles")
    assert held(Role.COLLABORATOR) == PERMISSIONS[Role.COLLABORATOR]
    assert "Cộng tác viên: thêm 0 quyền, bớt 1 quyền" in capsys.readouterr().out


def test_writing_twice_changes_nothing(db):
    assert role_table.write_roles() == []


def test_a_right_that_does_not_exist_is_refused(db, monkeypatch):
    monkeypatch.setitem(PERMISSIONS, Role.AUDITOR, {"articles.look_at_artcile"})
    with pytest.raises(CommandError, match="look_at_artcile"):
        role_table.write_roles()


@pytest.mark.parametrize("act", ["approve", "publish", "send_back", "submit", "withdraw", "revoke"])
def test_administrators_decide_about_nothing(act, administrator):
    assert not [perm for perm in PERMISSIONS[Role.ADMINISTRATOR] if f".{act}_" in perm]
    assert not [perm for perm in administrator.get_all_permissions() if f".{act}_" in perm]


def test_auditors_change_nothing(auditor):
    assert {perm.split(".")[1].split("_")[0] for perm in PERMISSIONS[Role.AUDITOR]} <= {"view", "audit"}
    assert auditor.get_all_permissions() == PERMISSIONS[Role.AUDITOR]
