"""Notes of the day: written by one, approved on the spot by another as sent, taken back, taken down."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from approvals.enums import RecordStatus
from approvals.models import AuditEntry, StatusChange
from daybook.models import Entrustment, Note
from inbox.models import Notice
from tests.factories.daybook import make_note
from tests.factories.departments import make_user
from tests.factories.events import make_event, make_event_photo

pytestmark = pytest.mark.django_db
WORDS = "Thầy Y Wang < 5 phút nữa & “khai mạc”."


def as_(user):
    browser = Client()
    browser.force_login(user)
    return browser


def at(name, *args):
    return reverse(f"admin:daybook_{name}", args=args)


def press(user, step, **more):
    note = Note.objects.get()
    return as_(user).post(at("note_step", note.pk, step), {"version": note.version} | more, follow=True)


@pytest.fixture
def event(school):
    now = timezone.now()
    return make_event("Ngày hội STEM", host=school, starts_at=now, ends_at=now + datetime.timedelta(hours=5))


def write(user, event, body=WORDS, **more):
    typed = {"event": event.pk, "body": body, "photo": "", "caption": ""}
    now = timezone.localtime()
    typed |= {"happened_at_0": f"{now:%d/%m/%Y}", "happened_at_1": f"{now:%H:%M}", "_step": "submit"}
    return as_(user).post(at("note_add"), typed | more, follow=True)


def shown(client, event):
    """Whether the words stand on the page of notes, the event's page, its feed, the site's feeds."""
    places = (
        reverse("daybook:notes", args=[event.slug]),
        event.get_absolute_url(),
        reverse("daybook:note_feed", args=[event.slug]),
        "/rss.xml",
        "/atom.xml",
        "/feed.json",
        f"{event.host.get_absolute_url()}rss.xml",
    )
    return ["khai mạc" in client.get(place).text for place in places]


def test_a_note_is_approved_on_the_spot_and_taken_down(event, collaborator, head, other_head, client):
    page = write(collaborator, event, "a" * 501)
    assert "500" in str(page.context["adminform"].form.errors["body"])
    photo = make_event_photo(head)
    write(collaborator, event, photo=photo.pk)
    note = Note.objects.get()
    assert (note.status, note.caption, note.host) == (RecordStatus.IN_REVIEW, photo.caption, event.host)
    assert Notice.objects.filter(recipient=head, kind="submitted").exists()
    assert shown(client, event) == [False] * 7
    for nobody in (collaborator, other_head):
        press(nobody, "approve")
        press(nobody, "approve_entrusted")
    assert Note.objects.get().status == RecordStatus.IN_REVIEW
    # Other words than those that were sent are not approved, whoever changed them.
    Note.objects.update(body="Chữ khác")
    assert "khác bản gửi duyệt" in press(head, "approve").text
    Note.objects.update(body=WORDS)
    press(head, "approve")
    assert shown(client, event) == [True] * 7
    whole = client.get(reverse("daybook:notes", args=[event.slug])).text
    assert f'id="tin-{note.pk}"' in whole
    assert "Thầy Y Wang &lt; 5 phút nữa &amp;" in whole
    assert (photo.caption in whole, photo.content_hash in whole) == (True, True)
    # Taken back at once: as if it had never been there.
    press(head, "take_back")
    assert shown(client, event) == [False] * 7
    assert client.get(reverse("daybook:notes", args=[event.slug])).status_code == 404
    press(head, "approve")
    press(head, "withdraw", note="Sai tên")
    assert shown(client, event) == [False] * 7
    whole = client.get(reverse("daybook:notes", args=[event.slug])).text
    assert ("Tin này đã được gỡ" in whole, f'id="tin-{note.pk}"' in whole) == (True, True)
    assert photo.content_hash not in whole
    assert not photo.exposures.exists()


def test_the_head_names_who_approves_for_this_event(event, collaborator, head, school, client):
    writer = make_user("ctv3", Role.COLLABORATOR, school, full_name="Y Phu Êban")
    address, until = at("note_entrust", event.pk), f"{timezone.localdate():%d/%m/%Y}"
    typed = {"person": collaborator.pk, "words": "Duyệt tin tại chỗ", "until": until}
    assert as_(writer).post(address, typed).status_code == 403
    assert as_(head).post(address, typed | {"until": "01/01/2031"}).status_code == 200
    assert not Entrustment.objects.exists()
    as_(head).post(address, typed)
    given = Entrustment.objects.get()
    assert (given.person, given.given_by) == (collaborator, head)
    assert "Duyệt tin tại chỗ" in AuditEntry.objects.get(action="Giao duyệt tin nhanh").note
    write(writer, event)
    assert Notice.objects.filter(recipient=collaborator, kind="submitted").exists()
    page = as_(collaborator).get(at("note_change", Note.objects.get().pk))
    assert "Duyệt, đăng (được giao)" in page.text
    press(writer, "approve_entrusted")
    assert Note.objects.get().status == RecordStatus.IN_REVIEW
    press(collaborator, "approve_entrusted")
    assert shown(client, event) == [True] * 7
    capacity = StatusChange.objects.get(step="approve_entrusted").capacity
    assert str(head) in capacity
    press(collaborator, "take_back_entrusted")
    Note.objects.all().delete()
    # Nobody approves their own words, and nobody beyond the event, the day, or the head's change of mind.
    write(collaborator, event)
    press(collaborator, "approve_entrusted")
    assert Note.objects.get().status == RecordStatus.IN_REVIEW
    Note.objects.all().delete()
    write(writer, make_event("Ngày hội khác", host=school))
    press(collaborator, "approve_entrusted")
    assert Note.objects.get().status == RecordStatus.IN_REVIEW
    Note.objects.all().delete()
    write(writer, event)
    as_(head).post(at("note_entrust_end", given.pk))
    press(collaborator, "approve_entrusted")
    assert Note.objects.get().status == RecordStatus.IN_REVIEW
    Entrustment.objects.update(ended_at=None, until=timezone.localdate() - datetime.timedelta(days=1))
    press(collaborator, "approve_entrusted")
    assert Note.objects.get().status == RecordStatus.IN_REVIEW


def test_pages_and_feeds_cost_the_same_with_many_notes(event, client, head, django_assert_num_queries):
    photo = make_event_photo(head)
    for address, cost in ((reverse("daybook:notes", args=[event.slug]), 2), ("/rss.xml", 3)):
        Note.objects.all().delete()
        for count in (1, 30):
            for number in range(count):
                make_note(event, f"Tin {number}", photo=photo)
            client.get(address)  # the menu is read
            with django_assert_num_queries(cost):
                client.get(address)
    # Thirty notes, and yet the feed leaves room for stories.
    assert client.get("/rss.xml").text.count("<item>") == 10
    photo.rights_until = timezone.localdate() - datetime.timedelta(days=1)
    photo.save()
    assert photo.content_hash not in client.get("/rss.xml").text
    page = client.get(reverse("daybook:notes", args=[event.slug])).text
    assert ("Tin 3" in page, photo.content_hash in page) == (True, False)
