"""What a workflow answers about its steps."""

from dataclasses import replace

import pytest
from django.db.models import F

from approvals.engine import StepRefused, take
from approvals.history import history
from articles.approval.workflow import ARTICLE, PUBLIC
from articles.enums import Status
from articles.models import Article
from tests.factories.articles import make_draft


def test_a_misspelt_step_is_named_with_its_workflow_and_the_steps_it_has():
    with pytest.raises(KeyError) as failure:
        PUBLIC["withdarw"]
    said = "Workflow “public page of a story” has no step “withdarw”; its steps: "
    assert failure.value.args == (said + ", ".join(step.name for step in PUBLIC.steps),)


def meanwhile(attempt):
    """Somebody saves the record between its reading and the move."""
    Article.objects.filter(pk=attempt.record.pk).update(version=F("version") + 1)


@pytest.mark.django_db
def test_a_record_saved_between_its_reading_and_the_move_is_not_moved(collaborator):
    """No lock holds the row here: the UPDATE itself asks for the version that was seen."""
    submit = ARTICLE["submit"]
    racing = replace(ARTICLE, steps=(replace(submit, guards=(*submit.guards, meanwhile)),))
    article = make_draft(collaborator)
    with pytest.raises(StepRefused) as refusal:
        take(racing, article, "submit", actor=collaborator, version=article.version)
    assert refusal.value.code == "stale"
    assert Article.objects.get(pk=article.pk).status == Status.DRAFTING
    assert not list(history(article))
