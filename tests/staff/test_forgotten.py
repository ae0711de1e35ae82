"""“Quên mật khẩu?”: the same answer for every name, one letter at a time, one hour, told afterwards."""

import datetime
import re
import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Ticket, User
from inbox.models import Delivery, MailChoice
from tests.factories.departments import PASSWORD, make_user
from tests.signing_in import make_app
from tests.staff.conftest import CHOSEN, choose, link_in, send_all

FORGOTTEN = "admin:forgotten"


def ask(name):
    return Client().post(reverse(FORGOTTEN), {"name": name})


def test_the_sign_in_page_leads_there(client, db):
    page = client.get(reverse("admin:login")).content.decode()
    assert reverse(FORGOTTEN) in page
    assert client.get(reverse(FORGOTTEN)).status_code == 200


def test_a_forgotten_password_is_chosen_anew_by_mail(collaborator):
    elsewhere = Client()
    elsewhere.force_login(collaborator)
    ask("CTV")
    (letter,) = send_all()
    assert letter.to == ["ctv@vidu.example"]
    ticket = Ticket.objects.get()
    assert ticket.ends_at - ticket.made_at == datetime.timedelta(hours=1)
    theirs = Client()
    assert choose(theirs, link_in(letter)).status_code == 200
    assert User.objects.get(pk=collaborator.pk).check_password(CHOSEN)
    assert elsewhere.get(reverse("admin:index")).status_code == 302
    assert theirs.get(reverse("admin:index")).status_code == 302
    (told,) = send_all()
    assert "Mật khẩu đã đổi" in told.subject
    assert theirs.get(link_in(letter)).status_code == 410


def test_whoever_wants_no_mail_is_told_all_the_same(collaborator):
    MailChoice.objects.create(user=collaborator, delivery=Delivery.NEVER)
    ask("ctv")
    (letter,) = send_all()
    choose(Client(), link_in(letter))
    assert len(send_all()) == 1


def test_a_stranger_ends_neither_the_invitation_nor_the_sheet_of_a_newcomer(office, newcomer):
    office.post(reverse("admin:staff_entry", args=[newcomer.pk]), {"mail": "1"})
    (invitation,) = send_all()
    ask("vietlq")
    ask("vietlq@vidu.example")
    assert send_all() == []
    assert choose(Client(), link_in(invitation)).status_code == 200


def test_a_stranger_who_asks_again_leaves_the_letter_in_the_hand_useful(collaborator):
    ask("ctv")
    (mine,) = send_all()
    Ticket.objects.update(made_at=timezone.now() - datetime.timedelta(minutes=6))
    ask("ctv")
    (other,) = send_all()
    assert choose(Client(), link_in(mine)).status_code == 200
    assert Client().get(link_in(other)).status_code == 410


def test_it_is_found_by_mail_address_too(collaborator):
    ask("CTV@vidu.example")
    assert len(send_all()) == 1


def test_the_answer_is_the_same_for_every_name(collaborator, school):
    make_user("khoa", "collaborator", school, is_active=False)
    make_user("khongthu", "collaborator", school, email="")
    answers = {ask(name).content for name in ("ctv", "khoa", "khongthu", "khong-co-ai", "a@b.vn")}
    words = {re.sub(r'nonce="[^"]*"|value="[^"]*"', "", page.decode()) for page in answers}
    assert len(words) == 1
    assert [letter.to for letter in send_all()] == [["ctv@vidu.example"]]


def test_asking_again_and_again_sends_one_letter(collaborator):
    ask("ctv")
    ask("ctv@vidu.example")
    assert len(send_all()) == 1
    Ticket.objects.update(made_at=timezone.now() - datetime.timedelta(minutes=6))
    ask("ctv")
    assert len(send_all()) == 1


def test_one_name_is_asked_for_three_times_an_hour_with_the_same_answer(collaborator, limits):
    limits(password_reset_name=(3, 3600))
    sent = []
    for _ in range(5):
        Ticket.objects.update(made_at=timezone.now() - datetime.timedelta(minutes=6))
        assert "Xem hộp thư" in ask("ctv").content.decode()
        sent += send_all()
    assert len(sent) == 3


def test_one_address_asks_for_so_many_names(db, limits):
    limits(password_reset=(30, 3600))
    answers = [ask(f"ai-do-{number}").status_code for number in range(31)]
    assert answers == [200] * 30 + [429]


@pytest.mark.parametrize("name", ["", " ", "x" * 300, "a\x00b", "' OR 1=1 --"])
def test_odd_names_are_answered_in_words(db, name):
    assert ask(name).status_code == 200
    assert not Ticket.objects.exists()


def test_the_old_password_lasts_until_the_new_one_is_chosen(collaborator):
    ask("ctv")
    send_all()
    assert Client().login(username="ctv", password=PASSWORD)


def test_the_second_factor_is_still_asked_after_the_reset(head):
    make_app(head)
    ask("truongdonvi")
    (letter,) = send_all()
    theirs = Client()
    assert choose(theirs, link_in(letter)).status_code == 200
    theirs.post(reverse("admin:login"), {"username": "truongdonvi", "password": CHOSEN})
    answer = theirs.get(reverse("admin:index"))
    assert answer.status_code == 302
    assert reverse("admin:login") in answer["Location"] or reverse("admin:second_step") in answer["Location"]
    assert "mã" in theirs.get(reverse("admin:second_step")).content.decode()


def test_the_answer_takes_as_long_for_a_name_that_is_none(collaborator, settings):
    settings.FORGOTTEN_SECONDS = 0.4
    times = []
    for name in ("ctv", "khong-co-ten-nay"):
        began = time.monotonic()
        ask(name)
        times.append(time.monotonic() - began)
    assert min(times) >= 0.4
    assert len(send_all()) == 1
