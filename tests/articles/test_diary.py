"""What was public at a moment, as worked out from the records, against a diary kept as it happened."""

import datetime
import random
from contextlib import suppress

import pytest
from django.utils import timezone

from approvals.engine import StepRefused
from articles import schedule
from articles.enums import Status
from articles.models import Article, PublishedArticle, ReviewDecision, Revision
from articles.public_on import public_at
from tests.factories.articles import approve, make_draft, resubmit, send_back, submit, take_back, withdraw

pytestmark = pytest.mark.django_db
STEPS, MANY = 40, 3


class Newsroom:
    """Acts at random, as people do: sensible or refused, and writes down what readers then see."""

    def __init__(self, writer, head, seed):
        self.writer, self.head, self.chance = writer, head, random.Random(seed)  # noqa: S311 (a game)
        self.diary = []

    def act(self):
        acts = (self.begin, self.decide, self.change, self.undo, self.withdraw)
        with suppress(StepRefused):  # then the diary says that nothing changed
            self.chance.choices(acts, weights=(3, 6, 3, 1, 1))[0]()
        schedule.run_due()
        moment = timezone.now()
        schedule.end_due(moment)
        self.diary.append((moment, self.seen()))

    def seen(self):
        rows = PublishedArticle.objects.live().values_list("pk", "revision_number", "sha256")
        return set(rows)

    def story(self, status):
        found = list(Article.objects.filter(status=status).select_related("review_revision").order_by("pk"))
        return self.chance.choice(found) if found else None

    def begin(self):
        submit(make_draft(self.writer), self.writer)

    def decide(self):
        story = self.story(Status.IN_REVIEW)
        if story is None:
            return
        if self.chance.random() < 0.2:
            send_back(story, self.head)
            return
        now, step = timezone.now(), datetime.timedelta(milliseconds=30)
        due = self.chance.choice((None, now + step, now + datetime.timedelta(days=1)))
        until = self.chance.choice((None, None, (due or now) + 10 * step))
        approve(story, self.head, due_at=due, until=until)

    def change(self):
        story = self.story(Status.APPROVED) or self.story(Status.RETURNED)
        if story:
            resubmit(story, self.writer, lead=f"Lời dẫn {self.chance.random()}.")

    def undo(self):
        decided = ReviewDecision.objects.order_by("-pk").select_related("revision__article").first()
        if decided:
            take_back(decided.revision.article, self.head)

    def withdraw(self):
        pages = list(PublishedArticle.objects.live().order_by("pk"))
        if pages:
            withdraw(self.chance.choice(pages), self.head)


@pytest.mark.parametrize("seed", [11, 2017])
def test_the_records_say_of_every_moment_what_readers_saw(collaborator, head, seed):
    newsroom = Newsroom(collaborator, head, seed)
    for _ in range(STEPS):
        newsroom.act()
    assert len({frozenset(seen) for _, seen in newsroom.diary}) > MANY  # readers saw different things
    revisions = {revision.pk: revision for revision in Revision.objects.all()}
    for moment, seen in newsroom.diary:
        told = [revisions[one.revision_id] for one in public_at(moment)]
        assert {(said.article_id, said.number, said.sha256) for said in told} == seen, f"at {moment}"
