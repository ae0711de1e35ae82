"""Stories by the thousand, to see and measure a full newsroom: `demo --articles N`, `bulk_generate N`.

The only place that writes rows at the end of their road instead of taking them there: a story each
with its frozen revision, decision, release and page, digests and all, in one insert a table.
"""

import datetime
import random
from collections.abc import Callable
from itertools import batched
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.enums import PublicState, Status, Verdict
from articles.freezing import content_of, digest
from articles.models import (
    Article,
    PublishedArticle,
    PublishedTag,
    Release,
    ReviewDecision,
    Revision,
    Section,
    Tag,
)
from articles.releasing import page_fields
from articles.text import figures_in
from departments.models import Department
from language.vietnamese import slug
from media.models import Photo, PhotoExposure
from newsroom.demo import photos, seed_story
from newsroom.demo.phrases import body, lead, title
from newsroom.demo.writing import Pic, html
from pagestore.purging import purge
from pagestore.store import EVERYTHING

MARK, TAG = "Bài sinh", "Bài sinh tự động"
BATCH = 200
APART = datetime.timedelta(minutes=53)
OLDEST_FIRST_DAY = datetime.timedelta(days=15)


def top_up(count: int, report: Callable[[int], None] = lambda done: None) -> int:
    """Generate what is missing to `count` stories; answers how many. Interrupted, it keeps whole batches."""
    present = PublishedArticle.objects.filter(source_mark=MARK).count()
    generator = _Generator()
    for batch in batched(range(present, count), BATCH, strict=False):
        with transaction.atomic():
            generator.insert(batch)
        report(batch[-1] + 1)
    if count > present:
        purge(EVERYTHING)
    return max(0, count - present)


class _Generator:
    """What the stories are made of, read once."""

    def __init__(self) -> None:
        self.writer, self.head = User.objects.get(username="bientap"), User.objects.get(username="thuky")
        self.sections = list(Section.objects.order_by("pk"))
        self.units = list(Department.objects.filter(valid_until=None, code__regex="^(THPT|THCS|TH|MN|NT)-"))
        pictures = Photo.objects.filter(credit=photos.CREDIT).order_by("pk")
        self.photo_ids = dict(zip(photos.ALT, pictures.values_list("pk", flat=True), strict=True))
        self.shape = content_of(Article.objects.get(title=seed_story.TITLE))
        self.tag = Tag.objects.get_or_create(name=TAG, defaults={"slug": slug(TAG)})[0]
        self.newest = timezone.now() - OLDEST_FIRST_DAY

    def insert(self, numbers: tuple[int, ...]) -> None:
        contents = [self.content(number) for number in numbers]
        articles = Article.objects.bulk_create(self._article(content) for content in contents)
        revisions = Revision.objects.bulk_create(
            Revision(
                article=article,
                number=1,
                content=content,
                sha256=digest(content),
                editor_ids=[self.writer.pk],
                created_by=self.writer,
            )
            for article, content in zip(articles, contents, strict=True)
        )
        for article, revision in zip(articles, revisions, strict=True):
            article.approved_revision = revision
        Article.objects.bulk_update(articles, ["approved_revision"], batch_size=BATCH)
        decisions = ReviewDecision.objects.bulk_create(
            ReviewDecision(
                revision=revision,
                sha256=revision.sha256,
                verdict=Verdict.APPROVED,
                decided_by=self.head,
                capacity=TAG,
            )
            for revision in revisions
        )
        moments = [self.newest - number * APART for number in numbers]
        pairs = list(zip(decisions, moments, strict=True))
        Release.objects.bulk_create(Release(decision=d, due_at=when, done_at=when) for d, when in pairs)
        self._publish(list(zip(revisions, moments, strict=True)))

    def content(self, number: int) -> dict[str, Any]:
        """The same number, the same story, on any machine."""
        chance = random.Random(number)  # noqa: S311 (sentences, not secrets)
        unit, section = chance.choice(self.units), chance.choice(self.sections)
        words = title(chance, unit.name, number)
        picture = Pic(chance.choice(list(self.photo_ids)), f"Hoạt động của {unit.name}")
        text = html((picture, *body(chance, unit.name)), self.photo_ids)
        return self.shape | {
            "kind": "activity",
            "title": words,
            "slug": slug(words),
            "lead": lead(chance, unit.name),
            "source_mark": MARK,
            "body": text,
            "section": {"id": section.pk, "name": section.name},
            "department": {"id": unit.pk, "name": unit.name},
            "event": None,
            "commendation_decision": None,
            "bylines": [],
            "tags": [TAG],
            "figures": self._figures(text),
        }

    def _figures(self, text: str) -> list[dict[str, Any]]:
        shape = self.shape["figures"][0]
        return [
            shape | {"photo": f.photo_id, "caption": f.caption, "credit": f.credit, "alt": f.alt}
            for f in figures_in(text)
        ]

    def _article(self, content: dict[str, Any]) -> Article:
        return Article(
            status=Status.APPROVED,
            version=3,
            department_id=content["department"]["id"],
            section_id=content["section"]["id"],
            created_by=self.writer,
            submitted_at=timezone.now(),
            **{name: content[name] for name in ("kind", "title", "slug", "lead", "source_mark", "body")},
        )

    def _publish(self, timed: list[tuple[Revision, datetime.datetime]]) -> None:
        pages = PublishedArticle.objects.bulk_create(
            PublishedArticle(
                pk=revision.article_id,
                state=PublicState.LIVE,
                revision_number=1,
                sha256=revision.sha256,
                published_at=when,
                updated_at=when,
                tag_names=[[self.tag.name, self.tag.slug]],
                **page_fields(revision.content),
            )
            for revision, when in timed
        )
        PublishedTag.objects.bulk_create(PublishedTag(tag=self.tag, content_object=page) for page in pages)
        PhotoExposure.objects.bulk_create(
            PhotoExposure(photo_id=figure["photo"], subject=f"article:{revision.article_id}")
            for revision, _when in timed
            for figure in revision.content["figures"]
        )
