"""Release times: now, at, until; cancelled, rescheduled; late, failing, repeated."""

import datetime

import pytest
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone

from approvals.engine import StepRefused, take
from articles.approval import releasing, schedule
from articles.approval.workflow import ARTICLE
from articles.enums import PublicState
from articles.models import PublishedArticle, Release, Revision
from media.models import PhotoExposure
from newsroom.demo.clock import at
from tests.factories.articles import (
    approve,
    make_article,
    make_draft,
    make_illustrated_draft,
    resubmit,
    submit,
    take_back,
)
from tests.lifting import lifted

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
PAGES = ("/", "/rss.xml", "/atom.xml", "/feed.json", "/sitemap-tin-moi.xml", "/sitemap-bai-viet-0.xml")


@pytest.fixture
def soon():
    return timezone.now() + HOUR


def told(client):
    """Where readers can find the story, by its title or address."""
    pages = (*PAGES, "/tim-kiem/?q=kỉ+niệm")
    return [page for page in pages if "le-ki-niem-sap-toi" in client.get(page).content.decode()]


def order(article, head, **data):
    return take(ARTICLE, article, "reschedule", actor=head, version=article.version, data=data)


def test_a_waiting_story_is_nowhere_and_then_everywhere(client, collaborator, head, soon):
    article = approve(
        submit(make_illustrated_draft(collaborator, title="Lễ kỉ niệm sắp tới"), collaborator),
        head,
        due_at=soon,
    )
    address = reverse("articles:article_detail", kwargs={"slug": "le-ki-niem-sap-toi-", "pk": article.pk})
    assert told(client) == []
    assert client.get(address).status_code == 404
    assert not PhotoExposure.objects.exists()
    assert schedule.run_due(soon) == 1
    assert len(told(client)) == len(PAGES) + 1
    assert client.get(address).status_code == 200
    assert PhotoExposure.objects.exists()


def test_a_story_until_leaves_lists_and_says_so_at_its_address(client, collaborator, head, soon):
    article = approve(
        submit(make_illustrated_draft(collaborator, title="Lễ kỉ niệm sắp tới"), collaborator),
        head,
        until=soon,
    )
    address = PublishedArticle.objects.get().get_absolute_url()
    assert told(client)
    assert schedule.end_due() == 0
    assert schedule.end_due(soon) == 1
    assert schedule.end_due(soon) == 0
    assert told(client) == []
    answer = client.get(address)
    assert answer.status_code == 410
    assert "Bài được đăng đến" in answer.content.decode()
    assert "Lời." not in answer.content.decode()
    assert not PhotoExposure.objects.exists()
    assert PublishedArticle.objects.get().body_html == ""
    article = order(article, head, due_at=soon + HOUR)
    assert schedule.run_due(soon + HOUR) == 1
    assert client.get(address).status_code == 200


def test_a_time_that_ends_before_it_begins_is_no_time(collaborator, head, soon):
    article = submit(make_draft(collaborator), collaborator)
    with pytest.raises(StepRefused, match="sau giờ đăng"):
        approve(article, head, due_at=soon, until=soon - HOUR)
    with pytest.raises(StepRefused, match="sau giờ đăng"):
        approve(article, head, until=timezone.now() - HOUR)


def test_a_time_that_ends_as_it_begins_is_no_time_and_a_moment_later_is_one(collaborator, head, soon):
    article = submit(make_draft(collaborator), collaborator)
    with pytest.raises(StepRefused, match="sau giờ đăng"):
        approve(article, head, due_at=soon, until=soon)
    approve(article, head, due_at=soon, until=soon + datetime.timedelta(microseconds=1))


def test_a_page_is_over_at_its_very_hour_and_not_a_moment_before(collaborator, head, soon):
    approve(submit(make_draft(collaborator), collaborator), head, until=soon)
    assert schedule.end_due(soon - datetime.timedelta(microseconds=1)) == 0
    assert schedule.end_due(soon) == 1


def test_a_page_published_anew_since_it_was_read_is_not_ended(collaborator, head, soon):
    make_article("approved", collaborator, head, {"until": soon})
    seen = PublishedArticle.objects.get()
    PublishedArticle.objects.update(version=F("version") + 1)
    assert releasing.end_page(seen) is False
    PublishedArticle.objects.update(version=seen.version, until=soon + HOUR)
    assert releasing.end_page(seen) is False
    assert PublishedArticle.objects.live().exists()
    PublishedArticle.objects.update(until=soon)
    assert releasing.end_page(seen) is True


@pytest.mark.parametrize(("hours", "waiting"), [(1, 1), (-1, 0)])
def test_a_release_pushed_aside_waits_again_only_if_its_hour_is_to_come(collaborator, head, hours, waiting):
    """Its hour may have passed while the newer decision was valid: nothing is published without the head."""
    first = approve(submit(make_draft(collaborator), collaborator), head, due_at=timezone.now() + 2 * HOUR)
    again = approve(resubmit(first, collaborator, title="Lời sửa"), head, due_at=timezone.now() + 3 * HOUR)
    pushed = Release.objects.filter(cancelled_at__isnull=False)
    with lifted():
        pushed.update(due_at=timezone.now() + hours * HOUR)
    take_back(again, head)
    assert schedule.of_article(first.pk).count() == waiting


def test_an_embargo_binds_the_head(collaborator, head, soon):
    article = submit(make_draft(collaborator, embargo_until=soon), collaborator)
    with pytest.raises(StepRefused, match="không được đăng trước"):
        approve(article, head)
    with pytest.raises(StepRefused, match="không được đăng trước"):
        approve(article, head, due_at=soon - datetime.timedelta(minutes=1))
    article = approve(article, head, due_at=soon)
    with pytest.raises(StepRefused, match="không được đăng trước"):
        order(article, head, due_at=timezone.now())
    assert not PublishedArticle.objects.exists()


def test_a_planned_day_publishes_nothing(collaborator):
    make_draft(collaborator, planned_on=timezone.localdate())
    assert schedule.run_due(timezone.now() + HOUR) == 0
    assert not PublishedArticle.objects.exists()


def test_a_release_called_off_never_runs_and_may_be_ordered_again(collaborator, head, second_head, soon):
    article = approve(submit(make_draft(collaborator), collaborator), head, due_at=soon)
    article = take(ARTICLE, article, "cancel_release", actor=second_head, version=article.version)
    assert schedule.run_due(soon) == 0
    with pytest.raises(StepRefused, match="không còn lệnh hẹn giờ"):
        take(ARTICLE, article, "cancel_release", actor=head, version=article.version)
    order(article, second_head, due_at=soon + HOUR)
    assert schedule.run_due(soon) == 0
    assert schedule.run_due(soon + HOUR) == 1


def test_another_hour_takes_the_place_of_the_first(collaborator, head, soon):
    article = approve(submit(make_draft(collaborator), collaborator), head, due_at=soon)
    order(article, head, due_at=soon + HOUR)
    assert [release.due_at for release in schedule.waiting()] == [soon + HOUR]


def test_what_is_live_is_not_ordered_again(collaborator, head, soon):
    article = approve(submit(make_draft(collaborator), collaborator), head)
    with pytest.raises(StepRefused, match="đã đăng rồi"):
        order(article, head, due_at=soon)


def test_a_failure_is_kept_and_tried_again_after_a_growing_pause(collaborator, head, soon, caplog):
    approve(submit(make_draft(collaborator), collaborator), head, due_at=soon)
    bad = approve(submit(make_draft(collaborator), collaborator), head, due_at=soon)
    release = Release.objects.get(decision__revision__article=bad)
    approved_words = bad.approved_revision.sha256
    spoil(bad, sha256="0" * 64)
    assert schedule.run_due(soon) == 1
    release.refresh_from_db()
    assert (release.attempts, release.done_at) == (1, None)
    assert "DigestMismatchError" in release.error
    first = release.retry_at - timezone.now()
    assert datetime.timedelta(seconds=15) < first < datetime.timedelta(seconds=25)
    assert schedule.run_due(soon + HOUR) == 0
    release.refresh_from_db()
    assert release.attempts == 2
    assert release.retry_at - timezone.now() > first
    spoil(bad, sha256=approved_words)
    assert schedule.run_due(soon + HOUR) == 1
    release.refresh_from_db()
    assert release.error == ""
    assert PublishedArticle.objects.live().count() == 2


def test_the_pause_has_a_limit(collaborator, head, soon, caplog):
    bad = approve(submit(make_draft(collaborator), collaborator), head, due_at=soon)
    spoil(bad, sha256="0" * 64)
    Release.objects.update(attempts=29999)
    schedule.run_due(soon)
    assert Release.objects.get().retry_at - timezone.now() < schedule.LONGEST_PAUSE + HOUR / 60


def test_a_time_missed_while_no_worker_ran_is_late_and_then_kept_once(collaborator, head, soon):
    approve(submit(make_draft(collaborator), collaborator), head, due_at=soon)
    assert not schedule.late().exists()
    with lifted():
        Release.objects.update(due_at=timezone.now() - 30 * HOUR)
    assert schedule.late().count() == 1
    assert [schedule.run_due(), schedule.run_due()] == [1, 0]
    assert not schedule.late().exists()


def test_a_worker_that_read_an_old_list_publishes_nothing_twice_nor_what_was_called_off(
    collaborator, head, soon
):
    article = approve(submit(make_draft(collaborator), collaborator), head, due_at=soon)
    read_by_two = list(schedule.due(soon)) * 2
    assert [releasing.execute(release) for release in read_by_two] == [True, False]
    other = approve(submit(make_draft(collaborator), collaborator), head, due_at=soon)
    listed = schedule.due(soon).get()
    take(ARTICLE, other, "cancel_release", actor=head, version=other.version)
    assert releasing.execute(listed) is False
    assert PublishedArticle.objects.get().pk == article.pk


def test_a_worker_whose_clock_is_ahead_publishes_nothing_early(collaborator, head, soon):
    """The database's clock says what is due, not the machine's."""
    approve(submit(make_draft(collaborator), collaborator), head, due_at=soon)
    with at(soon + HOUR):
        assert schedule.run_due() == 0


def test_an_ended_page_is_told_from_a_withdrawn_one(collaborator, head, soon):
    approve(submit(make_draft(collaborator), collaborator), head, until=soon)
    schedule.end_due(soon)
    assert PublishedArticle.objects.get().state == PublicState.ENDED


def spoil(article, **values):
    """Change the frozen row behind everybody's back, or mend it."""
    with lifted():
        QuerySet(Revision).filter(pk=article.approved_revision_id).update(**values)
