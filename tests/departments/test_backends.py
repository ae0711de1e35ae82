from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.roles import PERMISSIONS, Role
from departments.models import DepartmentRelation
from tests.factories.departments import make_department, make_person, make_position, make_user

APPROVE = "articles.approve_article"


def test_without_a_record_any_position_counts(head, collaborator):
    assert head.has_perm(APPROVE)
    assert not collaborator.has_perm(APPROVE)


def test_about_a_record_the_owning_unit_counts(head, school, other_school):
    assert head.has_perm(APPROVE, school)
    assert not head.has_perm(APPROVE, other_school)


def test_rows_that_belong_to_a_unit_answer_as_the_unit_does(head, school, other_school):
    own, foreign = make_position(department=school), make_position(department=other_school)
    assert head.has_perm("departments.view_position", own)
    assert not head.has_perm("departments.view_position", foreign)
    assert head.has_perm("departments.view_departmentname", school.names.get())
    assert not head.has_perm("departments.view_departmentname", other_school.names.get())
    relation = DepartmentRelation.objects.filter(department=other_school).first()
    assert not head.has_perm("departments.view_departmentrelation", relation)


def test_rows_that_belong_to_no_unit_answer_as_if_none_were_named(head):
    assert head.has_perm("departments.view_person", make_person())
    assert not head.has_perm("departments.change_person", make_person())


def test_an_admin_page_opens_for_whoever_holds_a_right_in_its_app(collaborator, registrar):
    assert collaborator.has_module_perms("articles")
    assert not collaborator.has_module_perms("accounts")
    assert registrar.has_module_perms("awards")
    assert "articles.add_article" in collaborator.get_all_permissions()


def test_roles_in_two_units_stay_in_their_units(school, other_school):
    user = make_user("hai-noi", Role.HEAD, school)
    make_position(user.person, other_school, Role.COLLABORATOR)
    assert user.has_perm("articles.change_article", other_school)
    assert not user.has_perm(APPROVE, other_school)
    assert user.get_all_permissions(school) >= PERMISSIONS[Role.HEAD]


def test_a_group_membership_by_itself_opens_nothing(db):
    user = make_user("nhom")
    user.groups.add(Group.objects.get(name=Role.HEAD))
    user.user_permissions.add(Permission.objects.get(codename="approve_article"))
    assert not user.has_perm(APPROVE)
    assert user.get_all_permissions() == set()


def test_strangers_and_closed_accounts_have_nothing(head, client):
    head.is_active = False
    assert not head.has_perm(APPROVE)
    assert head.get_all_permissions() == set()
    assert client.get("/").wsgi_request.user.get_all_permissions() == set()


def test_a_position_ends_with_its_unit(db):
    closed = make_department("Phòng GD&ĐT Krông Pắc", valid_until=date(2025, 6, 30))
    assert not make_user("u", Role.HEAD, closed).has_perm(APPROVE)


@pytest.mark.parametrize("perm", ["articles.change_article", APPROVE])
def test_an_unsaved_record_without_a_unit_is_nobodys(head, perm):
    class Draft:
        owner_field = "department_id"
        department_id = None

    assert not head.has_perm(perm, Draft())
