"""Nobody but the person ever has the password: invited by letter, or by a printed sheet with a code."""

import datetime
import logging
import re

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Ticket, User
from accounts.tickets import KEPT, TicketSpent, choose_password, delete_old_tickets, find_ticket
from approvals.models import AuditEntry
from inbox.models import Notice
from newsroom.logs.filters import HideTokens
from staff.letting_in import print_invitations
from tests.factories.departments import make_user
from tests.second_factor.test_asked_again import answer_page, left_open
from tests.signing_in import code_of, make_app
from tests.staff.conftest import CHOSEN, choose, link_in, send_all

CODE = re.compile(r"<dd>(\w{4}-\w{4}-\w{4})</dd>")


def entry_url(user):
    return reverse("admin:staff_entry", args=[user.pk])


def invite(office, user):
    office.post(entry_url(user), {"mail": "1"})
    (letter,) = send_all()
    return letter


def test_an_invitation_leads_to_a_password_of_ones_own(office, newcomer):
    letter = invite(office, newcomer)
    assert letter.to == ["vietlq@vidu.example"]
    assert "Lời mời vào phòng biên tập" in letter.subject
    assert "vietlq" in letter.body
    theirs = Client()
    page = theirs.get(link_in(letter), follow=True)
    assert "Lê Quốc Việt" not in letter.subject
    assert page.redirect_chain[-1][0] == reverse("admin:choose_password")
    assert "ít nhất 12 ký tự" in page.content.decode()
    assert choose(theirs, link_in(letter)).status_code == 200
    assert Client().login(username="vietlq", password=CHOSEN)
    assert AuditEntry.objects.filter(action="Chọn mật khẩu lần đầu bằng thư", actor=newcomer).exists()
    assert LogEntry.objects.filter(change_message="Gửi lời mời.", object_id=str(newcomer.pk)).exists()


def test_the_rules_stand_at_the_field(office, newcomer):
    link = link_in(invite(office, newcomer))
    theirs = Client()
    for password, said in (("ngan", "ít nhất 12"), ("vietlq2026", "giống"), ("1234567890", "số")):
        page = choose(theirs, link, password)
        assert said in " ".join(page.context["form"].errors["new_password2"]), password
    assert not User.objects.get(pk=newcomer.pk).has_entered


def test_a_cookie_planted_before_does_not_hold_the_ticket(office, newcomer):
    link = link_in(invite(office, newcomer))
    theirs, stranger = Client(), Client()
    stranger.session.save()
    planted = stranger.cookies[settings.SESSION_COOKIE_NAME].value
    theirs.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert theirs.get(link, follow=True).status_code == 200
    assert theirs.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert stranger.get(reverse("admin:choose_password")).status_code == 410


def test_a_link_works_once(office, newcomer):
    link = link_in(invite(office, newcomer))
    first, second = Client(), Client()
    second.get(link)
    assert choose(first, link).status_code == 200
    assert choose(second, link, "mat-khau-khac-2026").status_code == 410
    assert second.get(link).status_code == 410
    assert User.objects.get(pk=newcomer.pk).check_password(CHOSEN)


def test_the_second_of_two_presses_at_once_does_nothing(office, newcomer):
    token = link_in(invite(office, newcomer)).split("/")[-2]
    one, other = find_ticket(token), find_ticket(token)
    choose_password(one, CHOSEN)
    with pytest.raises(TicketSpent):
        choose_password(other, "mat-khau-khac-2026")
    assert User.objects.get(pk=newcomer.pk).check_password(CHOSEN)


def test_a_newer_letter_ends_the_older(office, newcomer):
    old, new = link_in(invite(office, newcomer)), link_in(invite(office, newcomer))
    assert old != new
    assert Client().get(old).status_code == 410
    assert choose(Client(), new).status_code == 200


def test_a_link_lasts_seven_days(office, newcomer):
    link = link_in(invite(office, newcomer))
    ticket = Ticket.objects.get()
    assert ticket.ends_at - ticket.made_at == datetime.timedelta(days=7)
    Ticket.objects.update(ends_at=timezone.now() - datetime.timedelta(seconds=1))
    assert Client().get(link).status_code == 410


@pytest.mark.parametrize(
    "token", ["1", "0-", "x-y", "1-" + "0" * 64, "9" * 40 + "-a", "٣-abc", "1-" + "a" * 500]
)
def test_a_made_up_link_opens_nothing(office, newcomer, token):
    invite(office, newcomer)
    assert Client().get(reverse("admin:enter_by_link", args=[token])).status_code == 410


def test_the_ticket_of_one_is_not_the_ticket_of_another(office, newcomer):
    link = link_in(invite(office, newcomer))
    other = make_user("khac", full_name="Người Khác", password=None)
    invite(office, other)
    mine, theirs = Ticket.objects.order_by("pk")
    assert Client().get(link.replace(f"/{mine.pk}-", f"/{theirs.pk}-")).status_code == 410


def test_a_changed_address_or_a_locked_account_ends_the_link(office, newcomer):
    link = link_in(invite(office, newcomer))
    User.objects.filter(pk=newcomer.pk).update(email="khac@vidu.example")
    assert Client().get(link).status_code == 410
    User.objects.filter(pk=newcomer.pk).update(email="vietlq@vidu.example", is_active=False)
    assert Client().get(link).status_code == 410
    User.objects.filter(pk=newcomer.pk).update(is_active=True)
    assert Client().get(link).status_code == 302


def test_a_letter_that_was_overtaken_is_not_sent(office, newcomer):
    office.post(entry_url(newcomer), {"mail": "1"})
    office.post(entry_url(newcomer), {"mail": "1"})
    assert len(send_all()) == 1


def test_neither_table_holds_what_opens_the_door(office, newcomer):
    letter = invite(office, newcomer)
    token = link_in(letter).split("/")[-2]
    stored = str(list(Ticket.objects.values())) + str(list(Notice.objects.values()))
    assert token not in stored
    assert token.split("-")[1] not in stored
    code = CODE.search(office.post(entry_url(newcomer), {"print": "1"}).content.decode())[1]
    stored = str(list(Ticket.objects.values())) + str(list(AuditEntry.objects.values()))
    assert code not in stored
    assert code.replace("-", "") not in stored


def test_a_sheet_is_printed_once_and_its_code_typed(office, newcomer):
    answer = office.post(entry_url(newcomer), {"print": "1"})
    assert "no-store" in answer.headers["Cache-Control"]
    page = answer.content.decode()
    assert "127.0.0.1:8000/vao" in page
    code = CODE.search(page)[1]
    assert code not in office.get(entry_url(newcomer)).content.decode()
    theirs = Client()
    assert theirs.get("/vao/", follow=True).status_code == 200
    wrong = {"username": "vietlq", "code": "kdnr-7xpm-q3tw"}
    refused = theirs.post(reverse("admin:enter_by_code"), wrong)
    assert "chưa đúng" in refused.content.decode()
    typed = {"username": " VietLQ ", "code": code.upper().replace("-", " ")}
    assert theirs.post(reverse("admin:enter_by_code"), typed)["Location"] == reverse("admin:choose_password")
    words = {"new_password1": CHOSEN, "new_password2": CHOSEN}
    assert theirs.post(reverse("admin:choose_password"), words).status_code == 200
    assert "chưa đúng" in Client().post(reverse("admin:enter_by_code"), typed).content.decode()
    assert Client().login(username="vietlq", password=CHOSEN)


def test_a_sheet_printed_as_the_person_enters_opens_nothing(newcomer, administrator):
    seen = User.objects.get(pk=newcomer.pk)  # as the page of the administrator read it
    newcomer.set_password(CHOSEN)
    newcomer.save()
    [(_, code)] = print_invitations([seen], by=administrator)
    typed = {"username": "vietlq", "code": code}
    assert "chưa đúng" in Client().post(reverse("admin:enter_by_code"), typed).content.decode()


def test_a_code_belongs_to_one_name(office, newcomer):
    make_user("khac", full_name="Người Khác", password=None)
    code = CODE.search(office.post(entry_url(newcomer), {"print": "1"}).content.decode())[1]
    answers = [
        Client().post(reverse("admin:enter_by_code"), {"username": name, "code": code}).content.decode()
        for name in ("khac", "khong-co-ai")
    ]
    assert all("chưa đúng" in answer for answer in answers)


@pytest.mark.parametrize("words", [{"print": "1"}, {"mail": "1"}])
def test_a_session_left_open_lets_nobody_in(administrator, newcomer, words):
    app, client = make_app(administrator), left_open(administrator)
    for page in (entry_url(newcomer), reverse("admin:staff_invitations")):
        asked = client.post(page, words | {"account": [newcomer.pk]})
        assert asked.status_code == 403
        assert "Xác nhận lại là bạn" in asked.content.decode()
    assert not Ticket.objects.exists()
    answer_page(client, asked, confirm_by="code", confirm_code=code_of(app))
    assert Ticket.objects.get().user == newcomer


def test_many_are_invited_and_printed_together(office, newcomer, django_assert_max_num_queries):
    users = [make_user(f"moi{n}", full_name=f"Người Mới {n}", password=None) for n in range(30)]
    bare = [make_user(f"giay{n}", full_name=f"Không Thư {n}", password=None, email="") for n in range(30)]
    page = office.get(reverse("admin:staff_invitations")).content.decode()
    assert len(re.findall(r'name="account"[^>]* checked>', page)) == 61
    chosen = {"account": [user.pk for user in users]}
    with django_assert_max_num_queries(25):
        office.post(reverse("admin:staff_invitations"), chosen | {"mail": "1"})
    assert len(send_all()) == 30
    with django_assert_max_num_queries(25):
        sheets = office.post(
            reverse("admin:staff_invitations"), {"account": [user.pk for user in bare], "print": "1"}
        )
    assert len(set(CODE.findall(sheets.content.decode()))) == 30


def test_whoever_has_entered_is_not_invited(office, collaborator):
    office.post(reverse("admin:staff_invitations"), {"account": [collaborator.pk], "print": "1"})
    assert not Ticket.objects.exists()
    assert "Nguyễn Thị Lan" not in office.get(reverse("admin:staff_invitations")).content.decode()


def test_used_and_expired_tickets_are_deleted_after_a_week(office, newcomer):
    link = link_in(invite(office, newcomer))
    choose(Client(), link)
    assert delete_old_tickets() == 0
    Ticket.objects.update(used_at=timezone.now() - KEPT - datetime.timedelta(seconds=1))
    assert delete_old_tickets() > 0
    assert not Ticket.objects.exists()
    assert not Notice.objects.filter(kind="ticket").exists()


def test_the_letter_stands_in_no_inbox(office, newcomer):
    choose(Client(), link_in(invite(office, newcomer)))
    theirs = Client()
    theirs.login(username="vietlq", password=CHOSEN)
    page = theirs.get(reverse("admin:inbox")).content.decode()
    assert "Tài khoản đã mở" in page
    assert "Lời mời vào phòng biên tập" not in page


def test_the_token_stands_in_no_log(office, newcomer):
    link = link_in(invite(office, newcomer))
    line = logging.LogRecord("x", logging.INFO, "", 0, "GET %s 302", (link,), None)
    HideTokens().filter(line)
    assert link.split("/")[-2] not in line.getMessage()


def test_auditors_and_others_invite_nobody(client, auditor, collaborator, newcomer):
    for user in (auditor, collaborator):
        client.force_login(user)
        for url in (entry_url(newcomer), reverse("admin:staff_invitations"), reverse("admin:staff_requests")):
            assert client.get(url).status_code == 403
            assert client.post(url, {"mail": "1", "print": "1"}).status_code == 403
    assert not Ticket.objects.exists()


def test_codes_are_not_tried_without_end(db, limits):
    limits(entry_code=(3, 3600))
    typed = {"username": "ai-do", "code": "kdnr-7xpm-q3tw"}
    answers = [Client().post(reverse("admin:enter_by_code"), typed).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
