"""The newsroom's calendar: a planned day is not a release, and other units' drafts are not shown."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from articles.office.planning import month_of, parse_month
from events.enums import Occurrence
from tests.factories.articles import approve, make_draft, make_published, submit
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db
CALENDAR = "/admin/lich/"


def today():
    return timezone.localdate()


def in_days(days):
    return today() + datetime.timedelta(days=days)


def planned(by, on, **words):
    story = make_draft(by, **words)
    Article.objects.filter(pk=story.pk).update(planned_on=on)
    return story


def entries(user, day):
    month = month_of(user, day.replace(day=1))
    return next(d for week in month.weeks for d in week if d.date == day)


def test_a_planned_day_is_an_intention_and_a_release_a_promise(collaborator, head):
    day = in_days(1)
    planned(collaborator, day, title="Bài dự kiến")
    due = timezone.make_aware(datetime.datetime.combine(day, datetime.time(7, 30)))
    approve(submit(planned(collaborator, day, title="Bài hẹn giờ"), collaborator), head, due_at=due)
    found = {e.title: (e.kind, e.label, e.hour) for e in entries(head, day).entries}
    assert found == {
        "Bài dự kiến": ("planned", "Dự kiến · Nháp", ""),
        "Bài hẹn giờ": ("scheduled", "Đã hẹn giờ", "07:30"),
    }


def test_a_day_that_passed_says_so_and_what_went_out_is_only_counted(client, collaborator, head):
    planned(collaborator, in_days(-1), title="Bài lỡ hẹn")
    page = make_published(collaborator, head, title="Bài đã đăng")
    Article.objects.filter(pk=page.pk).update(planned_on=in_days(-1))
    assert [e.label for e in entries(head, in_days(-1)).entries] == ["Trễ dự kiến · Nháp"]
    day = entries(head, today())
    assert (day.entries, day.published) == ([], 1)
    client.force_login(head)
    assert "Bài đã đăng" in client.get(day.published_url).content.decode()


def test_an_event_called_off_says_so(collaborator):
    soon = timezone.now() + datetime.timedelta(days=1)
    make_event(
        title="Hội nghị tập huấn",
        starts_at=soon,
        all_day=False,
        occurrence=Occurrence.CANCELLED,
        occurrence_note="Bão số 13",
    )
    (entry,) = entries(collaborator, timezone.localtime(soon).date()).entries
    assert entry.kind == "event"
    assert "hủy" in entry.label


def test_a_draft_stays_inside_its_unit(client, collaborator, other_collaborator, other_head, province):
    planned(collaborator, today(), title="Kế hoạch kín của trường")
    for user in (other_collaborator, other_head):
        client.force_login(user)
        answer = client.get(CALENDAR)
        assert answer.status_code == 200
        assert "Kế hoạch kín" not in answer.content.decode()
    client.force_login(collaborator)
    assert "Kế hoạch kín" in client.get(CALENDAR).content.decode()


def test_whoever_reads_no_drafts_has_no_calendar(client, administrator):
    client.force_login(administrator)
    assert client.get(CALENDAR).status_code == 403
    client.logout()
    assert client.get(CALENDAR).status_code == 302


@pytest.mark.parametrize("asked", ["2026-13", "-1-1", "0000-00", "９-１", "x", "2026-11-30", "99999-1"])
def test_no_month_is_the_present_one(client, head, asked):
    assert parse_month(asked) == today().replace(day=1)
    client.force_login(head)
    assert client.get(CALENDAR, {"thang": asked}).status_code == 200


def test_the_neighbours_of_december(head):
    month = month_of(head, datetime.date(2026, 12, 1))
    assert (month.before, month.after, month.label) == ("2026-11", "2027-01", "Tháng 12/2026")
    assert month.weeks[0][0].date == datetime.date(2026, 11, 30)


def test_the_cost_does_not_grow(collaborator, head):
    def cost():
        user = type(head).objects.get(pk=head.pk)
        with CaptureQueriesContext(connection) as found:
            month_of(user, today().replace(day=1))
        return len(found)

    planned(collaborator, today())
    one = cost()
    for _ in range(20):
        planned(collaborator, today())
    assert cost() == one
