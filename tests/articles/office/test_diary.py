"""What was public at a moment, computed from the records, compared with a diary written at the time."""

import datetime
import random
from contextlib import suppress

import pytest
from django.utils import timezone

from approvals.engine import StepRefused, take
from articles.approval import schedule
from articles.approval.workflow import PUBLIC
from articles.enums import PublicState, Status
from articles.models import Article, PublishedArticle, ReviewDecision, Revision, UrgentAnswer
from articles.office.public_on import public_at
from tests.factories.articles import (
    approve,
    make_draft,
    resubmit,
    send_back,
    submit,
    take_back,
    take_down,
    withdraw,
)
from tests.factories.departments import make_user

pytestmark = pytest.mark.django_db
STEPS, MANY = 100, 4


class Newsroom:
    """Acts at random, allowed or refused, and records what readers see afterwards."""

    def __init__(self, writer, head, deputy, seed):
        self.writer, self.head, self.deputy = writer, head, deputy
        self.chance = random.Random(seed)  # noqa: S311 (a game)
        self.diary = []

    def act(self):
        acts = (self.begin, self.decide, self.change, self.undo, self.withdraw, self.answer)
        with suppress(StepRefused):  # then the diary says that nothing changed
            self.chance.choices(acts, weights=(3, 6, 3, 1, 3, 4))[0]()
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
        until = self.chance.choice((None, None, None, None, (due or now) + 10 * step))
        approve(story, self.head, due_at=due, until=until)

    def change(self):
        story = self.story(Status.APPROVED) or self.story(Status.RETURNED)
        if story:
            resubmit(story, self.writer, lead=f"Lời dẫn {self.chance.random()}.")

    def undo(self):
        decided = ReviewDecision.objects.order_by("-pk").select_related("revision__article").first()
        if decided:
            take_back(decided.revision.article, self.head)

    def page(self, state):
        found = list(PublishedArticle.objects.filter(state=state).order_by("pk"))
        return self.chance.choice(found) if found else None

    def withdraw(self):
        if page := self.page(PublicState.LIVE):
            self.chance.choice((withdraw, take_down, take_down))(page, self.head)

    def answer(self):
        """The second person's page about an urgent withdrawal."""
        if page := self.page(PublicState.SUSPENDED):
            step = self.chance.choice(("confirm_urgent", "restore_urgent", "restore_urgent"))
            take(PUBLIC, page, step, actor=self.deputy, version=page.version, note="Đã hỏi gia đình.")


@pytest.mark.parametrize("seed", [11, 2017])
def test_the_records_say_of_every_moment_what_readers_saw(collaborator, head, school, seed):
    deputy = make_user("hieupho", "deputy", school, full_name="Võ Thị Sáu", title="Phó Hiệu trưởng")
    newsroom = Newsroom(collaborator, head, deputy, seed)
    for _ in range(STEPS):
        newsroom.act()
    assert len({frozenset(seen) for _, seen in newsroom.diary}) > MANY  # readers saw different things
    assert UrgentAnswer.objects.filter(is_confirmed=False).exists()  # some were put back
    revisions = {revision.pk: revision for revision in Revision.objects.all()}
    for moment, seen in newsroom.diary:
        told = [revisions[one.revision_id] for one in public_at(moment)]
        assert {(said.article_id, said.number, said.sha256) for said in told} == seen, f"at {moment}"
