"""Many records take one step together, or none of them does."""

import pytest
from django.core.exceptions import PermissionDenied

from approvals.engine import Step, StepRefused, Workflow, take, take_all
from approvals.history import history
from articles.approval.workflow import ARTICLE
from articles.enums import Status
from articles.models import Article
from departments.access import capacity
from tests.factories.articles import make_draft

pytestmark = pytest.mark.django_db


def refuse_the_bad(attempt):
    if attempt.record.title == "Hỏng":
        raise StepRefused("Bài hỏng.", code="bad")


MANY = Workflow(
    name="story brought in",
    capacity=capacity,
    steps=(
        Step(
            name="bring",
            label="Nhập",
            sources=(Status.DRAFTING,),
            target=Status.APPROVED,
            permission="articles.import_article",
            guards=(refuse_the_bad,),
        ),
    ),
)


def statuses(articles):
    rows = Article.objects.filter(pk__in=[a.pk for a in articles])
    return set(rows.values_list("status", "version"))


def test_all_move_and_each_is_logged_with_its_note(collaborator, managing_editor):
    articles = [make_draft(collaborator) for _ in range(3)]
    take_all(MANY, articles, "bring", actor=managing_editor, notes={articles[1].pk: "Bài số 7."})
    assert statuses(articles) == {(Status.APPROVED, 2)}
    logged = [next(iter(history(article))) for article in articles]
    assert [step.note for step in logged] == ["", "Bài số 7.", ""]
    assert {(s.actor, s.old_status, s.new_status, s.version) for s in logged} == {
        (managing_editor, Status.DRAFTING, Status.APPROVED, 1)
    }
    assert "Thư ký tòa soạn" in logged[0].capacity


def test_one_refused_guard_stops_all(collaborator, managing_editor):
    articles = [make_draft(collaborator), make_draft(collaborator, title="Hỏng")]
    with pytest.raises(StepRefused, match="Bài hỏng"):
        take_all(MANY, articles, "bring", actor=managing_editor)
    assert statuses(articles) == {(Status.DRAFTING, 1)}


def test_who_may_not_moves_nothing(collaborator, head):
    articles = [make_draft(collaborator)]
    with pytest.raises(PermissionDenied):
        take_all(MANY, articles, "bring", actor=head)
    assert statuses(articles) == {(Status.DRAFTING, 1)}
    assert not list(history(articles[0]))


def test_a_record_that_moved_meanwhile_stops_all(collaborator, managing_editor):
    articles = [make_draft(collaborator) for _ in range(2)]
    take(ARTICLE, articles[0], "submit", actor=collaborator, version=1)
    with pytest.raises(StepRefused) as refusal:
        take_all(MANY, articles, "bring", actor=managing_editor)
    assert refusal.value.code == "stale"
    assert statuses(articles) == {(Status.IN_REVIEW, 2), (Status.DRAFTING, 1)}
    assert not list(history(articles[1]))


def test_a_step_with_effects_is_no_step_for_many(collaborator, managing_editor):
    with pytest.raises(ValueError, match="one record at a time"):
        take_all(ARTICLE, [make_draft(collaborator)], "submit", actor=managing_editor)
