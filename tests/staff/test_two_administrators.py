"""No administrator alone gets into a desk that somebody works at."""

import importlib
import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Ticket, TwoAdminRequest, User
from accounts.roles import Role
from accounts.two_admins import AnswerRefused, answer
from approvals.models import AuditEntry
from departments.models import Position
from inbox.models import Notice
from staff.administrators import WAIT, may_confirm, note_administrators
from staff.models import KnownAdministrator
from tests.factories.departments import PASSWORD, make_person, make_position, make_user
from tests.staff.conftest import CHOSEN, choose, link_in, send_all

CODE = re.compile(r"<dd>(\w{4}-\w{4}-\w{4})</dd>")
REQUESTS = "admin:staff_requests"


def entry_url(user):
    return reverse("admin:staff_entry", args=[user.pk])


def email_url(user):
    return reverse("admin:staff_email", args=[user.pk])


def type_code(user, code):
    return Client().post(reverse("admin:enter_by_code"), {"username": user.username, "code": code})


def print_for(office, user, reason="Thầy quên mật khẩu, đã gặp tại phòng."):
    return CODE.search(office.post(entry_url(user), {"print": "1", "reason": reason}).content.decode())[1]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_head_with_mail_is_reset_by_mail_alone(office, head):
    page = office.get(entry_url(head)).content.decode()
    assert "In phiếu" not in page
    office.post(entry_url(head), {"print": "1", "reason": "Vì sao"})
    assert not Ticket.objects.exists()
    office.post(entry_url(head), {"mail": "1"})
    (letter,) = send_all()
    assert letter.to == [head.email]
    assert choose(Client(), link_in(letter)).status_code == 200


def test_the_code_of_a_head_waits_for_a_second_administrator(office, head_without_mail, second_administrator):
    code = print_for(office, head_without_mail)
    assert "chưa đúng" in type_code(head_without_mail, code).content.decode()
    asked = TwoAdminRequest.objects.get()
    office.post(reverse(REQUESTS), {"request": asked.pk, "yes": "1"})
    assert "chưa đúng" in type_code(head_without_mail, code).content.decode()
    other = signed_in(second_administrator)
    assert "Thầy quên mật khẩu" in other.get(reverse(REQUESTS)).content.decode()
    other.post(reverse(REQUESTS), {"request": asked.pk, "yes": "1"})
    assert type_code(head_without_mail, code).status_code == 302
    noted = AuditEntry.objects.filter(about="Trần Văn Minh").values_list("note", flat=True)
    assert "In mã đặt lại mật khẩu (chờ quản trị viên thứ hai)." in noted
    assert "Xác nhận: In mã đặt lại mật khẩu." in noted


def test_everybody_concerned_is_told(office, administrator, head_without_mail, second_administrator):
    print_for(office, head_without_mail)
    told = set(Notice.objects.values_list("recipient__username", "heading"))
    assert told == {("hieutruong", "Mã đặt lại mật khẩu đã in"), ("quantri2", "Chờ bạn xác nhận")}


def test_a_refused_or_withdrawn_code_stays_dead(office, head_without_mail, second_administrator):
    code = print_for(office, head_without_mail)
    asked = TwoAdminRequest.objects.get()
    signed_in(second_administrator).post(reverse(REQUESTS), {"request": asked.pk, "no": "1"})
    signed_in(second_administrator).post(reverse(REQUESTS), {"request": asked.pk, "yes": "1"})
    assert "chưa đúng" in type_code(head_without_mail, code).content.decode()
    code = print_for(office, head_without_mail)
    office.post(reverse(REQUESTS), {"request": TwoAdminRequest.objects.first().pk, "no": "1"})
    assert "chưa đúng" in type_code(head_without_mail, code).content.decode()


def test_a_code_that_ended_meanwhile_is_not_confirmed_into_life(
    office, head_without_mail, second_administrator
):
    code = print_for(office, head_without_mail)
    Ticket.objects.update(ends_at=timezone.now())
    asked = TwoAdminRequest.objects.get()
    confirming = signed_in(second_administrator)
    page = confirming.post(reverse(REQUESTS), {"request": asked.pk, "yes": "1"}, follow=True)
    assert "không còn hiệu lực" in page.text
    assert "chưa đúng" in type_code(head_without_mail, code).text
    assert TwoAdminRequest.objects.open().exists()


@pytest.mark.parametrize("page", ["staff_entry", "staff_email", "staff_new_device"])
def test_the_second_of_two_who_ask_at_once_is_told(office, head_without_mail, second_administrator, page):
    def be_faster(instance, **_):
        same = {"act": instance.act, "about": instance.about, "asked_by": second_administrator}
        other = TwoAdminRequest(**same, reason="Cũng lúc ấy", ends_at=instance.ends_at)
        TwoAdminRequest.objects.bulk_create([other])

    words = {"print": "1", "reason": "Quên", "email": "moi@vidu.example"}
    pre_save.connect(be_faster, sender=TwoAdminRequest)
    try:
        address = reverse(f"admin:{page}", args=[head_without_mail.pk])
        answer = office.post(address, words, follow=True)
    finally:
        pre_save.disconnect(be_faster, sender=TwoAdminRequest)
    assert answer.status_code == 200
    assert "vừa gửi yêu cầu này" in answer.text
    assert not Ticket.objects.exists()


def test_a_reason_is_needed(office, head_without_mail):
    page = office.post(entry_url(head_without_mail), {"print": "1", "reason": ""})
    assert page.context["form"].errors["reason"]
    assert not Ticket.objects.exists()


def test_nobody_confirms_about_themselves_and_of_two_answers_one_counts(province, office, administrator):
    theirs = make_user("quantri3", "administrator", province, full_name="Hà Văn Ba", email="")
    print_for(office, theirs)
    asked = TwoAdminRequest.objects.get()
    with pytest.raises(AnswerRefused, match="tài khoản của bạn"):
        answer(asked, by=theirs, confirms=True)
    with pytest.raises(AnswerRefused, match="chính bạn yêu cầu"):
        answer(asked, by=administrator, confirms=True)
    second = make_user("quantri4", "administrator", province, full_name="Hà Văn Bốn")
    answer(asked, by=second, confirms=False)
    with pytest.raises(AnswerRefused, match="đã có người trả lời"):
        answer(asked, by=second, confirms=True)


def test_the_code_of_a_collaborator_needs_two_administrators_as_well(office, school, second_administrator):
    teacher = make_user("gv", "collaborator", school, full_name="Vũ Thị Tư", email="")
    code = print_for(office, teacher)
    assert "chưa đúng" in type_code(teacher, code).content.decode()
    assert Notice.objects.get(recipient=teacher).heading == "Mã đặt lại mật khẩu đã in"
    asked = TwoAdminRequest.objects.get()
    signed_in(second_administrator).post(reverse(REQUESTS), {"request": asked.pk, "yes": "1"})
    assert type_code(teacher, code).status_code == 302


@pytest.mark.parametrize("role", ["collaborator", "", None])
def test_a_desk_whose_role_was_moved_away_is_not_opened_alone(office, head_without_mail, role):
    """Take the role away, ask alone, give it back: the positions of the moment decide nothing."""
    held = Position.objects.filter(person=head_without_mail.person)
    held.delete() if role is None else held.update(role=role)
    code = print_for(office, head_without_mail)
    assert "chưa đúng" in type_code(head_without_mail, code).content.decode()
    office.post(email_url(head_without_mail), {"email": "ke-la@vidu.example", "reason": "x"})
    assert User.objects.get(pk=head_without_mail.pk).email == ""


def test_the_address_of_a_used_account_changes_when_its_owner_agrees(office, head):
    old = head.email
    office.post(email_url(head), {"email": "moi@vidu.example", "reason": "Đổi hộp thư"})
    assert User.objects.get(pk=head.pk).email == old
    (letter,) = send_all()
    assert letter.to == [old]
    theirs = Client()
    page = theirs.get(link_in(letter), follow=True).content.decode()
    assert "moi@vidu.example" in page
    theirs.post(reverse("admin:confirm_email"), {"yes": "1"})
    assert User.objects.get(pk=head.pk).email == "moi@vidu.example"
    assert sorted(message.to[0] for message in send_all()) == ["moi@vidu.example", old]
    assert theirs.get(link_in(letter)).status_code == 410


def test_the_owner_may_refuse_a_new_address(office, head):
    office.post(email_url(head), {"email": "moi@vidu.example", "reason": "Đổi hộp thư"})
    (letter,) = send_all()
    theirs = Client()
    theirs.get(link_in(letter))
    theirs.post(reverse("admin:confirm_email"), {"no": "1"})
    assert User.objects.get(pk=head.pk).email == head.email
    assert not TwoAdminRequest.objects.open().exists()


def test_the_list_says_how_each_request_ended(office, head, second_administrator):
    def ask():
        office.post(email_url(head), {"email": "moi@vidu.example", "reason": "Đổi hộp thư"})
        return TwoAdminRequest.objects.open().get().pk

    ask()
    office.post(reverse(REQUESTS), {"request": ask(), "no": "1"})
    signed_in(second_administrator).post(reverse(REQUESTS), {"request": ask(), "no": "1"})
    send_all()
    ask()
    (letter,) = [one for one in send_all() if one.to == [head.email]]
    theirs = Client()
    theirs.get(link_in(letter))
    theirs.post(reverse("admin:confirm_email"), {"no": "1"})
    page = office.get(reverse(REQUESTS)).text
    ends = re.findall(r"yêu cầu \d\d/\d\d/\d{4} · (.*?) \d\d/", page)
    said = [
        "chủ tài khoản từ chối",
        "Đinh Thị Xuân từ chối",
        "người yêu cầu rút lại",
        "đã thay bằng yêu cầu khác",
    ]
    assert ends == said


def test_or_a_second_administrator_agrees_where_the_old_box_is_lost(office, head, second_administrator):
    office.post(email_url(head), {"email": "moi@vidu.example", "reason": "Mất hộp thư cũ"})
    asked = TwoAdminRequest.objects.get()
    office.post(reverse(REQUESTS), {"request": asked.pk, "yes": "1"})
    assert User.objects.get(pk=head.pk).email == head.email
    signed_in(second_administrator).post(reverse(REQUESTS), {"request": asked.pk, "yes": "1"})
    assert User.objects.get(pk=head.pk).email == "moi@vidu.example"


def test_one_administrator_cannot_open_a_heads_desk_by_any_way(
    office, administrator, head, head_without_mail
):
    """Every way there is, tried alone; the head's password stays and nobody else is behind the account."""
    for user in (head, head_without_mail):
        form = {"full_name": "Trần Văn Minh", "form_of_address": "thầy", "is_active": "on"}
        office.post(
            reverse("admin:accounts_user_change", args=[user.pk]),
            form | {"username": user.username, "email": "ke-la@vidu.example", "password": CHOSEN},
        )
        office.post(email_url(user), {"email": "ke-la@vidu.example", "reason": "x"})
        for asked in TwoAdminRequest.objects.open():
            office.post(reverse(REQUESTS), {"request": asked.pk, "yes": "1"})
        office.post(entry_url(user), {"mail": "1"})
        page = office.post(entry_url(user), {"print": "1", "reason": "x"}).content.decode()
        for code in CODE.findall(page):
            assert "chưa đúng" in type_code(user, code).content.decode()
        fresh = User.objects.get(pk=user.pk)
        assert fresh.email == user.email
        assert fresh.check_password(PASSWORD)
        puppet = make_user(f"bu-nhin-{user.pk}", full_name="Bù Nhìn")
        puppet.person.delete()
        person = office.get(reverse("admin:departments_person_change", args=[user.person.pk]))
        assert "user" not in person.context["adminform"].form.fields
    assert {message.to[0] for message in send_all()} == {head.email}


def test_a_person_without_an_account_still_gets_one(office, school):
    person = make_person("Chưa Có")
    page = office.get(reverse("admin:departments_person_change", args=[person.pk]))
    assert "user" in page.context["adminform"].form.fields


def test_a_puppet_of_the_first_administrator_confirms_nothing(office, province, head, auditor, administrator):
    """One alone appoints an administrator and confirms as them: not for a week, and everybody is told."""
    puppet = make_user("bu-nhin", full_name="Bù Nhìn")
    make_position(puppet.person, province, Role.ADMINISTRATOR, title="Quản trị viên")
    assert note_administrators() == 1
    office.post(email_url(head), {"email": "ke-la@vidu.example", "reason": "x"})
    asked = TwoAdminRequest.objects.get()
    answer = signed_in(puppet).post(reverse(REQUESTS), {"request": asked.pk, "yes": "1"}, follow=True)
    assert "sau 7 ngày mới xác nhận được" in answer.content.decode()
    assert User.objects.get(pk=head.pk).email == head.email
    told = set(Notice.objects.filter(kind="new_administrator").values_list("recipient__username", flat=True))
    assert told == {administrator.username, auditor.username}
    KnownAdministrator.objects.filter(user=puppet).update(since=timezone.now() - WAIT)
    signed_in(puppet).post(reverse(REQUESTS), {"request": asked.pk, "yes": "1"})
    assert User.objects.get(pk=head.pk).email == "ke-la@vidu.example"


def test_one_who_was_invited_and_never_came_is_no_second_administrator(office, province, head, administrator):
    """One alone prints the other's sheet, enters as them, confirms: not for a week, and it is told."""
    absent = make_user("chua-vao", Role.ADMINISTRATOR, province, full_name="Chưa Vào", password=None)
    assert note_administrators() == 0  # and what was noted of the account is forgotten
    office.post(email_url(head), {"email": "ke-la@vidu.example", "reason": "x"})
    code = CODE.search(office.post(entry_url(absent), {"print": "1"}).content.decode())[1]
    theirs = Client()
    theirs.post(reverse("admin:enter_by_code"), {"username": "chua-vao", "code": code})
    words = {"new_password1": CHOSEN, "new_password2": CHOSEN}
    assert theirs.post(reverse("admin:choose_password"), words).status_code == 200
    assert note_administrators() == 1
    absent.refresh_from_db()
    signed_in(absent).post(reverse(REQUESTS), {"request": TwoAdminRequest.objects.get().pk, "yes": "1"})
    assert User.objects.get(pk=head.pk).email == head.email
    assert Notice.objects.filter(recipient=administrator, heading="Quản trị viên mới").exists()


def test_the_migration_knows_only_administrators_who_have_entered(province, administrator):
    make_user("chua-vao", Role.ADMINISTRATOR, province, full_name="Chưa Vào", password=None)
    KnownAdministrator.objects.all().delete()
    importlib.import_module("staff.migrations.0002_known_administrators").note_those_before(apps, None)
    assert [known.user for known in KnownAdministrator.objects.all()] == [administrator]


def test_who_administers_accounts_is_asked_of_the_permission(office, head_without_mail, managing_editor):
    """A role that is given the permission is told of requests, and its people wait a week as well."""
    may = Permission.objects.get(codename="change_user")
    Group.objects.get(name=Role.MANAGING_EDITOR).permissions.add(may)
    assert note_administrators() == 1
    assert not may_confirm(managing_editor)
    print_for(office, head_without_mail)
    assert Notice.objects.filter(recipient=managing_editor, heading="Chờ bạn xác nhận").exists()


def test_an_administrator_appointed_again_waits_again(second_administrator, administrator):
    Position.objects.filter(person=second_administrator.person).update(role="collaborator")
    note_administrators()
    Position.objects.filter(person=second_administrator.person).update(role="administrator")
    assert note_administrators() == 1
    assert may_confirm(administrator)
    assert not may_confirm(second_administrator)
    assert note_administrators() == 0
