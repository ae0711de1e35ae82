"""Many stories written at once: working copies, and their whole road to the reader in a few inserts.

For commands alone (`import_wordpress`, `bulk_generate`): the same rows as a story each through the
newsroom's doors, with their digests and their log, but a table at a time instead of a story at a time.
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

AT_ONCE = 250  # stories drawn on the other core between two looks
_WORDS = ("kind", "title", "slug", "lead", "source_mark", "body")


@dataclass(frozen=True)
class Ready:
    """A story that only has to be written: `content` has the shape of `freezing.content_of`, cleaned.

    `note` says in the decision and the log how it came here; `number` is its own, if it was reserved.
    """

    content: dict[str, Any]
    published_at: datetime.datetime
    updated_at: datetime.datetime
    note: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Drawn:
    """A page as if it named no pupil, and which of its words may be pupils' names."""

    page: DrawnPage
    said: pupil_names.PossibleNames


@dataclass(frozen=True)
class Drawing:
    """Stories whose pages are being drawn on the other core, with the photos and tags they were given."""

    stories: Sequence[Ready]
    photos: dict[int, Photo]
    tags: dict[str, Tag]
    answers: list[Callable[[], list[Drawn]]]


@dataclass(frozen=True)
class Door:
    """By which step (without effects) stories become public at once, and the verdict that says so."""

    workflow: Workflow
    step: str
    verdict: Verdict


def write_drafts(
    contents: Sequence[dict[str, Any]],
    *,
    by: Any,
    tags: dict[str, Tag] | None = None,
    numbers: Iterable[int | None] = repeat(None),
) -> list[Article]:
    """Working copies of these contents, with bylines and tags, in their order.

    `tags` by name, if the caller has them already; `numbers` that were reserved for all of them.
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
            DraftTag(content_object_id=article.pk, tag_id=tags[name].pk)
            for article, content in pairs
            for name in content["tags"]
        )
    return articles


def begin_drawing(stories: Sequence[Ready], core: SecondCore, tags: dict[str, Tag] | None = None) -> Drawing:
    """Have the pages drawn that `make_public` will write; those before can be written meanwhile."""
    contents = [story.content for story in stories]
    photos, tags = showable_photos(contents), tags_named(contents) if tags is None else tags
    parts = batched(stories, AT_ONCE, strict=False)
    return Drawing(stories, photos, tags, [core.ask(_draw, part, photos, tags) for part in parts])


def make_public(drawing: Drawing, *, by: Any, door: Door) -> list[Article]:
    """Write these stories and make them public through `door`, all or none.

    Permission and guards of the door's step are asked for every story. Raises as `engine.take` does.
    """
    stories, tags = drawing.stories, drawing.tags
    if not stories:
        return []
    contents = [story.content for story in stories]
    with transaction.atomic():
        if showable_photos(contents).keys() != drawing.photos.keys():  # a right began or ended meanwhile
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
    """Freeze, decide and release each story."""
    pairs = list(zip(articles, stories, strict=True))
    digests = {article.pk: digest(story.content) for article, story in pairs}
    revisions = insert_all(
        Revision(
            article_id=article.pk,
            number=1,
            content=story.content,
            sha256=digests[article.pk],
            editor_ids=[by.pk],
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
    """The pages; one that names a pupil is drawn again, as consent has it."""
    if not Pupil.objects.exists():
        return [one.page for one in drawn]
    pupils = pupil_names.named_in_each([story.content for story in stories], [one.said for one in drawn])
    each = zip(stories, drawn, pupils, strict=True)
    return [
        _draw_one(story, drawing.photos, drawing.tags, named) if named else one.page
        for story, one, named in each
    ]


def _draw(stories: Sequence[Ready], photos: dict[int, Photo], tags: dict[str, Tag]) -> list[Drawn]:
    """Runs on another core: asks the database nothing."""
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
