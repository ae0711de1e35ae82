"""The year's figures: what is counted, for whom, and the weekly reminder to silent units."""

import datetime
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import PublishedArticle
from articles.office.figures import span_words
from articles.office.tally import silent_units, year_of
from foundation.language.school_years import school_year_on
from inbox.models import Notice
from tests.factories.articles import approve, make_draft, make_published, resubmit, send_back, submit
from tests.factories.departments import make_department, make_user

pytestmark = pytest.mark.django_db
PAGE = "/admin/thong-ke/"


def this_year():
    return school_year_on(timezone.localdate())


def line(lines, name):
    return next(one for one in lines if one.name == name)


def test_sent_published_and_returned_are_counted_by_story(collaborator, head):
    make_published(collaborator, head)
    returned = send_back(submit(make_draft(collaborator), collaborator), head)
    approve(resubmit(returned, collaborator, title="Bài đã bổ sung"), head)
    submit(make_draft(collaborator), collaborator)
    make_draft(collaborator, title="Chưa gửi thì chưa tính")
    year = year_of(head, this_year())
    for found in (year.whole, line(year.units, str(collaborator.person.positions.get().department))):
        assert (found.sent, found.published, found.returned) == (3, 2, 1)
        assert found.waits.total() == 2
    assert line(year.writers, str(collaborator)).published == 2
    assert (year.waiting, year.published_before) == (1, 0)
    assert year.months[-1] == (f"Tháng {timezone.localdate().month}", 2)


def test_another_unit_is_counted_by_whom_it_concerns_alone(
    collaborator, head, other_collaborator, other_head, auditor
):
    make_published(collaborator, head)
    make_published(other_collaborator, other_head)
    assert year_of(head, this_year()).whole.published == 1
    assert len(year_of(head, this_year()).units) == 1
    assert year_of(auditor, this_year()).whole.published == 2


def test_the_same_days_a_year_before(collaborator, head):
    page = make_published(collaborator, head)
    then = page.published_at - datetime.timedelta(days=366)
    PublishedArticle.objects.filter(pk=page.pk).update(published_at=then)
    year = year_of(head, this_year())
    assert (year.whole.published, year.published_before) == (0, 1)


def test_who_may_look(client, head, auditor, collaborator, administrator):
    for person, status in ((head, 200), (auditor, 200), (collaborator, 403), (administrator, 403)):
        client.force_login(person)
        assert client.get(PAGE).status_code == status
    client.logout()
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize("asked", ["abc", "0", "99999", "-1", "２０２６", ""])
def test_a_year_that_is_none_is_the_present_one(client, head, asked):
    client.force_login(head)
    answer = client.get(PAGE, {"nam": asked})
    assert answer.context["year"].first == this_year()


def test_the_table_as_a_file(client, collaborator, head):
    make_published(collaborator, head)
    client.force_login(head)
    answer = client.get(PAGE, {"tep": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[1][:5] == (str(collaborator), "Trường THPT Chu Văn An", "1", "1", "0")
    assert b"THPT" in b"".join(client.get(PAGE, {"tep": "csv", "bang": "don-vi"}).streaming_content)


def test_a_long_silence_is_seen_and_a_word_said_once_a_week(client, head, collaborator, province):
    assert [one.days for one in silent_units(head)] == [None]
    page = make_published(collaborator, head)
    assert silent_units(head) == []
    long_ago = timezone.now() - datetime.timedelta(days=41)
    PublishedArticle.objects.filter(pk=page.pk).update(published_at=long_ago)
    assert [one.days for one in silent_units(head)] == [41]
    client.force_login(head)
    for _ in range(2):
        client.post(f"{PAGE}nhac/")
    told = Notice.objects.get(kind="silent")
    assert told.recipient == collaborator
    assert "41 ngày nay" in told.words


def test_whoever_only_looks_on_reminds_nobody(client, auditor, collaborator):
    client.force_login(auditor)
    assert client.post(f"{PAGE}nhac/").status_code == 403
    assert client.get(f"{PAGE}nhac/").status_code == 405
    assert not Notice.objects.exists()


def test_the_cost_does_not_grow(client, province, auditor, collaborator, head):
    def cost():
        client.force_login(auditor)
        with CaptureQueriesContext(connection) as found:
            assert client.get(PAGE).status_code == 200
        return len(found)

    make_published(collaborator, head)
    one = cost()
    for number in range(4):
        school = make_department(f"Trường số {number}", parent=province)
        make_published(make_user(role="collaborator", department=school))
    assert cost() == one


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 phút"), (59, "59 phút"), (360, "6 giờ"), (47 * 60, "47 giờ"), (2880, "2 ngày")],
)
def test_a_span_in_words(minutes, words):
    assert span_words(datetime.timedelta(minutes=minutes)) == words
    assert span_words(None) == "–"
