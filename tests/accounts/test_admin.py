import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from tests.factories.departments import PASSWORD, make_department, make_user

LIST, ADD = "admin:accounts_user_changelist", "admin:accounts_user_add"
NEW = {"full_name": "Lê Quốc Việt", "form_of_address": "anh", "username": "vietlq"}


def change_url(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


@pytest.fixture
def office(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def superuser(db):
    return make_user("chu", is_superuser=True, full_name="Chủ hệ thống")


def test_a_new_account_has_no_password_and_leads_to_the_invitation(office):
    answer = office.post(reverse(ADD), NEW)
    user = User.objects.get(username="vietlq")
    assert answer["Location"] == reverse("admin:staff_entry", args=[user.pk])
    assert not user.has_entered
    assert user.is_staff
    assert not user.is_superuser


def test_no_form_of_an_account_holds_a_password(office, collaborator):
    office.post(reverse(ADD), NEW | {"password": "ca-phe-sua-da-17"})
    assert not User.objects.get(username="vietlq").has_usable_password()
    for url in (reverse(ADD), change_url(collaborator)):
        assert "password" not in office.get(url).context["adminform"].form.fields
    for word in ("password/", "mat-khau-moi/"):
        assert office.post(f"/admin/accounts/user/{collaborator.pk}/{word}", {}).status_code in (302, 404)
    collaborator.refresh_from_db()
    assert collaborator.check_password(PASSWORD)
    assert office.get(reverse(LIST) + "?password__startswith=argon2").status_code == 400


def test_the_address_of_a_used_account_is_not_in_its_form(office, collaborator):
    assert "email" not in office.get(change_url(collaborator)).context["adminform"].form.fields
    new = User.objects.create_user("moi", full_name="Người Mới")
    assert "email" in office.get(change_url(new)).context["adminform"].form.fields


def test_a_name_to_sign_in_with_is_taken_in_any_case(office, collaborator):
    answer = office.post(reverse(ADD), NEW | {"username": "CTV"})
    assert answer.context["adminform"].form.errors["username"] == ["Tên đăng nhập này đã có người dùng."]


@pytest.mark.parametrize("viewer", ["administrator", "superuser"])
def test_nothing_in_the_form_grants_anything(request, client, viewer, collaborator):
    client.force_login(request.getfixturevalue(viewer))
    grants = {"is_superuser": "on", "is_staff": "on", "groups": ["1"], "user_permissions": ["1"]}
    for url in (reverse(ADD), change_url(collaborator)):
        assert not set(client.get(url).context["adminform"].form.fields) & set(grants)
    data = {"full_name": "Lan", "form_of_address": "cô", "email": "", "username": "ctv", "is_active": "on"}
    assert client.post(change_url(collaborator), data | grants).status_code == 302
    collaborator.refresh_from_db()
    assert collaborator.full_name == "Lan"
    assert not collaborator.is_superuser
    assert not collaborator.groups.exists()
    assert not collaborator.user_permissions.exists()


def test_an_administrator_does_not_touch_a_superuser(office, superuser):
    assert office.get(change_url(superuser)).context["has_change_permission"] is False
    assert office.post(change_url(superuser), {"full_name": "Khác"}).status_code == 403
    for url in ("admin:staff_entry", "admin:staff_email"):
        assert office.post(reverse(url, args=[superuser.pk]), {"mail": "1"}).status_code == 403
    office.post(reverse(LIST), {"action": "lock", "_selected_action": [superuser.pk]})
    superuser.refresh_from_db()
    assert superuser.is_active
    assert superuser.check_password(PASSWORD)


def test_accounts_are_locked_not_deleted(office, collaborator, administrator):
    theirs = Client()
    theirs.force_login(collaborator)
    chosen = [collaborator.pk, administrator.pk]
    office.post(reverse(LIST), {"action": "lock", "_selected_action": chosen})
    assert theirs.get(reverse("admin:index")).status_code == 302
    administrator.refresh_from_db()
    assert administrator.is_active
    assert office.post(reverse("admin:accounts_user_delete", args=[collaborator.pk])).status_code == 403
    office.post(reverse(LIST), {"action": "unlock", "_selected_action": chosen})
    collaborator.refresh_from_db()
    assert collaborator.is_active


def test_nobody_locks_themselves_out(office, administrator):
    assert "is_active" not in office.get(change_url(administrator)).context["adminform"].form.fields


def test_positions_are_shown_with_the_way_to_change_them(office, collaborator):
    page = office.get(change_url(collaborator)).content.decode()
    assert "Trường THPT Chu Văn An: Cộng tác viên (từ 01/01/2000 đến nay)" in page
    assert reverse("admin:departments_person_change", args=[collaborator.person.pk]) in page
    bare = User.objects.create_user("trong", full_name="Chưa Có")
    assert "Chưa có trong danh bạ" in office.get(change_url(bare)).content.decode()


def test_people_are_found_without_marks(office, collaborator, other_collaborator):
    for words, found in (("nguyen lan", ["ctv"]), ("phu eban", ["ctv2"]), ("CTV2", ["ctv2"])):
        result = office.get(reverse(LIST), {"q": words}).context["cl"].result_list
        assert [user.username for user in result] == found


@pytest.mark.parametrize(
    ("role", "status"), [(Role.AUDITOR, 200), (Role.COLLABORATOR, 403), (Role.HEAD, 403)]
)
def test_only_administrators_change_accounts_and_auditors_look(db, client, role, status):
    school = make_department()
    client.force_login(make_user("u", role, school))
    other = make_user("khac")
    assert client.get(reverse(LIST)).status_code == status
    assert client.get(reverse(ADD)).status_code == 403
    assert client.post(change_url(other), {"full_name": "Khác"}).status_code == 403


def test_groups_are_in_no_list(client, superuser):
    client.force_login(superuser)
    assert client.get("/admin/auth/group/").status_code == 404


def test_one_changes_ones_own_password(client, collaborator):
    assert client.login(username="ctv", password=PASSWORD)
    assert client.get(reverse("admin:password_change")).status_code == 200
    wrong = {"old_password": "sai", "new_password1": "123", "new_password2": "123"}
    errors = client.post(reverse("admin:password_change"), wrong).context["form"].errors
    assert set(errors) == {"old_password", "new_password2"}
    new = {"old_password": PASSWORD, "new_password1": "ca-phe-sua-da-17", "new_password2": "ca-phe-sua-da-17"}
    assert client.post(reverse("admin:password_change"), new).status_code == 302
    collaborator.refresh_from_db()
    assert collaborator.check_password("ca-phe-sua-da-17")
    assert client.get(reverse("admin:index")).status_code == 200


def test_a_new_account_leads_to_the_post_without_which_it_can_do_nothing(office):
    answer = office.post(reverse(ADD), NEW, follow=True).content.decode()
    href = re.search(r'href="([^"]*/person/add/[^"]*)">Ghi chức danh cho người này', answer)[1]
    page = office.get(html.unescape(href), follow=True)
    user = User.objects.get(username="vietlq")
    form = page.context["adminform"].form
    assert (form["full_name"].value(), form["user"].value()) == (user.full_name, str(user.pk))


def test_what_happened_to_an_account_meanwhile_stays(office, collaborator):
    """The page was open while another locked the account, and its person chose another password."""
    page = office.get(change_url(collaborator))
    sent = page.context["adminform"].form.initial | {"full_name": "Phạm Thị Lan Anh"}
    hidden = {f"initial-{name}": value for name, value in page.context["adminform"].form.initial.items()}
    collaborator.set_password("mật khẩu chọn ở nơi khác")
    collaborator.is_active = False
    collaborator.save()
    answer = office.post(change_url(collaborator), sent | hidden, follow=True)
    assert answer.redirect_chain
    before = collaborator.password
    collaborator.refresh_from_db()
    assert (collaborator.full_name, collaborator.is_active) == ("Phạm Thị Lan Anh", False)
    assert (collaborator.password, collaborator.search_key) == (before, "pham thi lan anh")


def test_a_save_writes_no_column_that_was_not_changed(office, collaborator):
    with CaptureQueriesContext(connection) as asked:
        office.post(
            change_url(collaborator),
            {"full_name": "Lan", "form_of_address": "cô", "username": "ctv", "is_active": "on"},
        )
    (written,) = [one["sql"] for one in asked if one["sql"].startswith('UPDATE "accounts_user"')]
    assert "password" not in written
    assert "last_login" not in written
