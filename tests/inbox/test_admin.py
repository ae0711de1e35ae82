"""The inbox in the office: own notices alone, read and unread, and how mail is wanted."""

import pytest
from django.urls import reverse

from inbox.models import Delivery, MailChoice, Notice
from inbox.telling import tell
from tests.factories.articles import make_draft, send_back, submit

pytestmark = pytest.mark.django_db
INBOX = "/admin/hop-thu/"


@pytest.fixture
def returned(collaborator, head):
    return send_back(submit(make_draft(collaborator, title="Chào cờ"), collaborator), head, note="Thiếu tên.")


@pytest.fixture
def notice(returned, collaborator):
    return Notice.objects.get(recipient=collaborator)


def test_it_shows_why_and_opens_the_story_which_is_then_read(client, collaborator, notice, returned):
    client.force_login(collaborator)
    page = client.get(INBOX).content.decode()
    assert "1 việc chưa đọc" in page
    assert "Bài được trả lại: Chào cờ" in page
    assert "Thiếu tên." in page
    answer = client.get(f"{INBOX}{notice.pk}/")
    assert answer["Location"] == reverse("admin:articles_article_change", args=[returned.pk])
    assert "Không còn việc nào chưa đọc" in client.get(INBOX).content.decode()


def test_the_room_counts_what_is_unread(client, collaborator, notice):
    client.force_login(collaborator)
    rooms = client.get("/admin/password_change/").context["office"].rooms
    assert next(room["waiting"] for room in rooms if room["label"] == "Hộp thư") == 1


def test_one_or_all_are_marked_and_left_unread_again(client, collaborator, notice):
    tell([collaborator], "test", "Việc khác", about="x", address="/admin/")
    client.force_login(collaborator)
    client.post(f"{INBOX}da-doc/", {"notice": notice.pk})
    assert Notice.objects.filter(recipient=collaborator, read_at=None).count() == 1
    client.post(f"{INBOX}da-doc/")
    assert not Notice.objects.filter(recipient=collaborator, read_at=None).exists()
    client.post(f"{INBOX}da-doc/", {"notice": notice.pk, "unread": "1"})
    assert Notice.objects.get(recipient=collaborator, read_at=None) == notice
    for wrong in ("x", "9" * 40, "-1"):
        client.post(f"{INBOX}da-doc/", {"notice": wrong, "unread": "1"})
    assert Notice.objects.get(recipient=collaborator, read_at=None) == notice


@pytest.mark.parametrize("who", ["head", "other_collaborator", "auditor", "administrator"])
def test_nobody_reads_or_marks_what_is_anothers(client, request, notice, who):
    client.force_login(request.getfixturevalue(who))
    assert "Thiếu tên." not in client.get(INBOX).content.decode()
    assert client.get(f"{INBOX}{notice.pk}/").status_code == 404
    client.post(f"{INBOX}da-doc/", {"notice": notice.pk})
    notice.refresh_from_db()
    assert notice.read_at is None


def test_what_one_may_see_no_more_has_lost_its_words(client, collaborator, notice):
    collaborator.person.positions.all().delete()
    client.force_login(collaborator)
    page = client.get(INBOX).content.decode()
    assert "Thiếu tên." not in page
    assert "Chào cờ" not in page
    assert client.get(f"{INBOX}{notice.pk}/")["Location"] == INBOX


def test_the_way_of_mail_is_chosen_and_kept(client, collaborator):
    client.force_login(collaborator)
    client.post(f"{INBOX}cach-nhan/", {"delivery": "daily"})
    client.post(f"{INBOX}cach-nhan/", {"delivery": "hằng năm"})
    assert MailChoice.objects.get(user=collaborator).delivery == Delivery.DAILY
    assert client.get(INBOX).context["form"]["delivery"].value() == "daily"


def test_older_ones_follow_page_by_page_at_a_constant_cost(
    client, collaborator, django_assert_max_num_queries
):
    for number in range(40):
        tell([collaborator], "test", f"Việc {number:02}", about="x", address="/admin/")
    client.force_login(collaborator)
    with django_assert_max_num_queries(16):
        first = client.get(INBOX)
    assert "Việc 39" in first.content.decode()
    older = client.get(f"{INBOX}?truoc={first.context['following']}").content.decode()
    assert "Việc 00" in older
    assert "Việc 39" not in older
    assert client.get(f"{INBOX}?truoc=x").status_code == 200


def test_strangers_are_sent_to_sign_in(client, notice):
    for answer in (client.get(INBOX), client.get(f"{INBOX}{notice.pk}/"), client.post(f"{INBOX}da-doc/")):
        assert "/admin/login/" in answer["Location"]
