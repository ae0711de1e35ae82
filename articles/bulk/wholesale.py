"""Writes many stories at once: working copies, revisions, decisions, releases, pages in a few inserts.

Only for commands (`import_wordpress`, `bulk_generate`). The rows equal those of stories released one by one,
with digests and log, but are inserted table by table.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import batched, repeat
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from approvals.engine import Workflow, take_all
from articles.approval.freezing import digest
from articles.approval.pages import DrawnPage, draw_page, showable_photos, tags_named, write_pages
from articles.bulk.second_core import SecondCore
from articles.enums import PublicState, Verdict
from articles.models import (
    Article,
    ArticleByline,
    DraftTag,
    PublishedArticle,
    Release,
    ReviewDecision,
    Revision,
    Tag,
)
from articles.public import page_tags, pupil_names
from departments.access import capacity
from foundation.inserting.rows import insert_all
from media.models import Photo, Pupil

AT_ONCE = 250  # stories drawn by one call in the second process
_WORDS = ("kind", "title", "slug", "lead", "source_mark", "body")


@dataclass(frozen=True)
class Ready:
    """A story ready to be written: `content` is cleaned and has the shape of `freezing.content_of`.

    `note` goes into the decision and the log; `number` is its id, if one was reserved.
    """

    content: dict[str, Any]
    published_at: datetime.datetime
    updated_at: datetime.datetime
    note: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Drawn:
    """A page drawn as if it named no pupil, and the words in it that may be pupils' names."""

    page: DrawnPage
    said: pupil_names.PossibleNames


@dataclass(frozen=True)
class Drawing:
    """Stories whose pages are being drawn in the second process, with the photos and tags used for them."""

    stories: Sequence[Ready]
    photos: dict[int, Photo]
    tags: dict[str, Tag]
    answers: list[Callable[[], list[Drawn]]]


@dataclass(frozen=True)
class Door:
    """The step (without effects) that makes stories public at once, and its verdict."""

    workflow: Workflow
    step: str
    verdict: Verdict
    is_writing: bool = True  # whether who does it counts as a writer of the story


def write_drafts(
    contents: Sequence[dict[str, Any]],
    *,
    by: Any,
    tags: dict[str, Tag] | None = None,
    numbers: Iterable[int | None] = repeat(None),
) -> list[Article]:
    """Create working copies of these contents, with bylines and tags. Returns them in order.

    `tags` are by name, if the caller has them already; `numbers` are reserved ids.
    """
    with transaction.atomic():
        articles = insert_all(map(_article, contents, repeat(by), numbers))
        pairs = list(zip(articles, contents, strict=True))
        insert_all(
            ArticleByline(
                article=article,
                person_id=row["person"],
                name=row["name"],
                role=row["role"],
                department_id=row["department"],
                position=place,
            )
            for article, content in pairs
            for place, row in enumerate(content["bylines"])
        )
        tags = tags_named(contents) if tags is None else tags
        insert_all(
            DraftTag(content_object_id=article.pk, tag_id=tag.pk)
            for article, content in pairs
            for tag in {tags[name] for name in content["tags"] if name in tags}
        )
    return articles


def begin_drawing(stories: Sequence[Ready], core: SecondCore, tags: dict[str, Tag] | None = None) -> Drawing:
    """Start drawing the pages that `make_public` writes, so that the caller can write others meanwhile."""
    contents = [story.content for story in stories]
    photos, tags = showable_photos(contents), tags_named(contents) if tags is None else tags
    parts = batched(stories, AT_ONCE, strict=False)
    return Drawing(stories, photos, tags, [core.ask(_draw, part, photos, tags) for part in parts])


def make_public(drawing: Drawing, *, by: Any, door: Door) -> list[Article]:
    """Write these stories and make them public through `door`, all or none.

    Permission and guards of the step are checked for every story. Raises the same as `engine.take`.
    """
    stories, tags = drawing.stories, drawing.tags
    if not stories:
        return []
    contents = [story.content for story in stories]
    with transaction.atomic():
        if showable_photos(contents).keys() != drawing.photos.keys():  # a photo's rights changed meanwhile
            drawing = begin_drawing(stories, SecondCore(0), tags)
        articles = write_drafts(contents, by=by, tags=tags, numbers=[story.number for story in stories])
        notes = {article.pk: story.note for article, story in zip(articles, stories, strict=True)}
        take_all(door.workflow, articles, door.step, actor=by, notes=notes)
        _decide(articles, stories, by, door)
        for some, answer in zip(
            batched(zip(articles, stories, strict=True), AT_ONCE, strict=False), drawing.answers, strict=True
        ):
            rows, part = zip(*some, strict=True)
            pages = _with_pupils(part, answer(), drawing)
            written = [(row.pk, page) for row, page in zip(rows, pages, strict=True)]
            write_pages(written)
            page_tags.purge_around(PublishedArticle(pk=pk, **page.fields) for pk, page in written)
    return articles


def _article(content: dict[str, Any], by: Any, number: int | None) -> Article:
    return Article(
        pk=number,
        department_id=content["department"]["id"],
        section_id=content["section"]["id"] if content["section"] else None,
        event_id=content["event"]["id"] if content["event"] else None,
        commendation_decision_id=(content["commendation_decision"] or {}).get("id"),
        created_by=by,
        **{name: content[name] for name in _WORDS},
    )


def _decide(articles: list[Article], stories: Sequence[Ready], by: Any, door: Door) -> None:
    """Freezes, decides and releases each story."""
    pairs = list(zip(articles, stories, strict=True))
    digests = {article.pk: digest(story.content) for article, story in pairs}
    revisions = insert_all(
        Revision(
            article_id=article.pk,
            number=1,
            content=story.content,
            sha256=digests[article.pk],
            editor_ids=[by.pk] if door.is_writing else [],
            created_by_id=by.pk,
        )
        for article, story in pairs
    )
    first = Revision.objects.filter(article=OuterRef("pk"), number=1).values("pk")
    now = timezone.now()
    moved = Article.objects.filter(pk__in=digests)
    moved.update(approved_revision=Subquery(first), submitted_at=now)
    permission = door.workflow[door.step].permission
    decisions = insert_all(
        ReviewDecision(
            revision_id=revision.pk,
            sha256=revision.sha256,
            verdict=door.verdict,
            note=story.note,
            decided_by_id=by.pk,
            capacity=capacity(by, permission, article),
        )
        for revision, (article, story) in zip(revisions, pairs, strict=True)
    )
    insert_all(
        Release(decision_id=decision.pk, due_at=story.published_at, done_at=now, before={})
        for decision, story in zip(decisions, stories, strict=True)
    )


def _with_pupils(stories: Sequence[Ready], drawn: list[Drawn], drawing: Drawing) -> list[DrawnPage]:
    """Returns the pages; those that name a pupil are redrawn according to consent."""
    if not Pupil.objects.exists():
        return [one.page for one in drawn]
    pupils = pupil_names.named_in_each([story.content for story in stories], [one.said for one in drawn])
    each = zip(stories, drawn, pupils, strict=True)
    return [
        _draw_one(story, drawing.photos, drawing.tags, named) if named else one.page
        for story, one, named in each
    ]


def _draw(stories: Sequence[Ready], photos: dict[int, Photo], tags: dict[str, Tag]) -> list[Drawn]:
    """Runs in the second process: makes no query."""
    return [
        Drawn(_draw_one(story, photos, tags, []), pupil_names.said_in(story.content)) for story in stories
    ]


def _draw_one(story: Ready, photos: dict[int, Photo], tags: dict[str, Tag], pupils: list[Pupil]) -> DrawnPage:
    fields = {
        "state": PublicState.LIVE,
        "revision_number": 1,
        "sha256": digest(story.content),
        "published_at": story.published_at,
        "updated_at": story.updated_at,
    }
    return draw_page(story.content, fields, photos, tags, pupils)
