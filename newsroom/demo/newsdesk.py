"""Take the demo's stories through all steps, each at its own time."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from approvals.engine import take
from articles.approval import commenting
from articles.approval.holding import APPROVE, STORIES
from articles.approval.workflow import ARTICLE, PUBLIC
from articles.enums import BylineRole
from articles.models import Article, PublishedArticle, ReviewRoute, Section
from articles.text.anchoring import anchor_in
from articles.writing import drafting
from departments.models import Department, Person
from newsroom.demo import stories_moving
from newsroom.demo.clock import at, days_from
from newsroom.demo.stories_desk import STORIES as DESK
from newsroom.demo.stories_now import STORIES as NOW
from newsroom.demo.stories_past import DATED
from newsroom.demo.writing import DemoStory, html

HOUR = datetime.timedelta(hours=1)


@dataclass
class Newsdesk:
    """Creates the stories; keeps them by title."""

    now: datetime.datetime
    units: dict[str, Department]
    users: dict[str, User]
    sections: dict[str, Section]
    photo_ids: dict[str, int]
    events: dict[str, Any]
    decisions: dict[str, Any]
    made: dict[str, Article] = field(default_factory=dict)

    def fill(self) -> None:
        """Write everything, oldest first, so that lists and logs are in their natural order."""
        timed = [*DATED, *((self.when(story), story) for story in (*NOW, *DESK))]
        for when, story in sorted(timed, key=lambda pair: pair[0]):
            self.publish(story, when)
        for story in (stories_moving.EDITED_AGAIN, stories_moving.WITHDRAWN):
            self.publish(story, self.when(story))
        self._edit_again()
        self._withdraw()
        self._return()
        self._schedule()
        self._pass_on()
        for story in stories_moving.IN_REVIEW:
            self.submit(story, self.when(story))
        for days, story in enumerate(stories_moving.DRAFTS, start=2):
            article = self.start(story, self.when(story))
            planned = days_from(self.now, days, 0).date()
            Article.objects.filter(pk=article.pk).update(planned_on=planned)

    def when(self, story: DemoStory) -> datetime.datetime:
        """Return when the story was approved; a time after now becomes a little while ago."""
        return min(days_from(self.now, story.days, story.hour, story.minute), self.now - HOUR / 2)

    def start(self, story: DemoStory, when: datetime.datetime) -> Article:
        """Create the draft as its writer does, at `when`."""
        words = {"kind": story.kind, "title": story.title, "lead": story.lead}
        words |= {"source_mark": story.source_mark, "body": html(story.body, self.photo_ids)}
        with at(when):
            article = drafting.start(
                department=self.units[story.unit],
                by=self.users[story.writer],
                section=self.sections[story.section],
                event=self.events.get(story.event),
                commendation_decision=self.decisions.get(story.decision),
                tags=story.tags,
                **words,
            )
        if story.byline:
            self._sign(article, story)
        self.made[story.title] = article
        return article

    def _sign(self, article: Article, story: DemoStory) -> None:
        """Add the byline. For units that send news by post, the desk types their name."""
        role = BylineRole.SOURCE if story.source_mark else BylineRole.TEXT
        person = Person.objects.filter(full_name=story.byline).first()
        # The Sở needs no unit beside its own name.
        department = self.units[story.unit] if person or story.source_mark else None
        article.bylines.update(name=story.byline, role=role, person=person, department=department)

    def submit(self, story: DemoStory, when: datetime.datetime) -> Article:
        """Submit the draft for review."""
        article = self.start(story, when - 2 * HOUR)
        with at(when - HOUR):
            return take(ARTICLE, article, "submit", actor=self.users[story.writer], version=article.version)

    def publish(
        self, story: DemoStory, when: datetime.datetime, due_at: datetime.datetime | None = None
    ) -> Article:
        """Submit and approve the story; it is published at once or, with `due_at`, later."""
        article = self.submit(story, when)
        data = {"sha256": article.review_revision.sha256, "due_at": due_at}
        with at(when):
            return take(
                ARTICLE,
                article,
                "approve",
                actor=self.users[story.approver],
                version=article.version,
                data=data,
            )

    def _return(self) -> None:
        story = stories_moving.RETURNED
        article = self.submit(story, self.when(story))
        with at(self.when(story)):
            self._comment(article, stories_moving.RETURN_COMMENTS)
            take(
                ARTICLE,
                article,
                "send_back",
                actor=self.users["truongdonvi"],
                version=article.version,
                note=stories_moving.RETURN_WORDS,
                data={"sha256": article.review_revision.sha256},
            )

    def _comment(self, article: Article, said: tuple[tuple[str, str], ...]) -> None:
        """The comments are sent with the return."""
        head, revision = self.users["truongdonvi"], article.review_revision
        words = STORIES.capacity(head, APPROVE, article)
        for key, comment in said:
            anchor = anchor_in(revision.content, key)
            commenting.write_comment(revision, anchor, comment, by=head, capacity=words)

    def _pass_on(self) -> None:
        """From now on one kind of school has a second reading; one story waits for it."""
        story = stories_moving.SECOND_READING
        ReviewRoute.objects.create(kind=self.units[story.unit].kind, second_reading=True)
        article = self.submit(story, self.when(story))
        data = {"sha256": article.review_revision.sha256}
        actor = self.users[story.approver]
        with at(self.when(story)):
            take(ARTICLE, article, "pass_on", actor=actor, version=article.version, data=data)

    def _schedule(self) -> None:
        story = stories_moving.SCHEDULED
        due_at = days_from(self.now, stories_moving.SCHEDULED_FOR_DAYS, stories_moving.SCHEDULED_HOUR)
        self.publish(story, self.when(story), due_at)

    def _edit_again(self) -> None:
        """A live story is edited as a draft: readers still see the approved version."""
        story = stories_moving.EDITED_AGAIN
        article = Article.objects.get(pk=self.made[story.title].pk)
        more = (*story.body, stories_moving.EDITED_LAST_PARAGRAPH)
        with at(self.now - 2 * HOUR):
            article.body = html(more, self.photo_ids)
            drafting.save(article, by=self.users[story.writer], draft_number=article.draft_number)

    def _withdraw(self) -> None:
        story = stories_moving.WITHDRAWN
        page = PublishedArticle.objects.live().get(pk=self.made[story.title].pk)
        with at(self.now - 20 * HOUR):
            take(
                PUBLIC,
                page,
                "withdraw",
                actor=self.users[story.approver],
                version=page.version,
                note=stories_moving.WITHDRAWAL_WORDS,
            )
