"""Many stories written at once: working copies, and their whole road to the reader in a few inserts.

For commands alone (`import_wordpress`, `bulk_generate`): the same rows as a story each through the
newsroom's doors, with their digests and their log, but a table at a time instead of a story at a time.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from approvals.engine import Workflow, take_all
from articles import findable, pupil_names
from articles.enums import PublicState, Verdict
from articles.freezing import digest
from articles.models import (
    Article,
    ArticleByline,
    DraftTag,
    PublishedArticle,
    PublishedTag,
    Release,
    ReviewDecision,
    Revision,
    Tag,
)
from articles.releasing import page_fields, showable_photos
from articles.second_core import SecondCore
from departments.access import capacity
from media.models import Photo, PhotoExposure, Pupil
from search.keeping import Item, put_read, words_of
from search.matching import Words

_WORDS = ("kind", "title", "slug", "lead", "source_mark", "body")


@dataclass(frozen=True)
class Ready:
    """A story that only has to be written: `content` has the shape of `freezing.content_of`, cleaned.

    `note` says in the decision and the log how it came here.
    """

    content: dict[str, Any]
    published_at: datetime.datetime
    updated_at: datetime.datetime
    note: str = ""


@dataclass(frozen=True)
class Drawn:
    """All of a page that takes time and no database: its columns, what search is told, what may be names."""

    fields: dict[str, Any]
    item: Item
    words: Words
    said: pupil_names.Said


@dataclass(frozen=True)
class Door:
    """By which step (without effects) stories become public at once, and the verdict that says so."""

    workflow: Workflow
    step: str
    verdict: Verdict


def write_drafts(
    contents: Sequence[dict[str, Any]], *, by: Any, tags: dict[str, Tag] | None = None
) -> list[Article]:
    """Working copies of these contents, with bylines and tags, in their order.

    `tags` by name, if the caller has them already.
    """
    with transaction.atomic():
        articles = Article.objects.bulk_create(_article(content, by) for content in contents)
        pairs = list(zip(articles, contents, strict=True))
        ArticleByline.objects.bulk_create(
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
        tags = _tags(contents) if tags is None else tags
        DraftTag.objects.bulk_create(
            DraftTag(content_object=article, tag=tags[name])
            for article, content in pairs
            for name in content["tags"]
        )
    return articles


def make_public(stories: Sequence[Ready], *, by: Any, door: Door, core: SecondCore) -> list[Article]:
    """Write these stories and make them public through `door`, all or none; kept pages are not dropped.

    Permission and guards of the door's step are asked for every story. Raises as `engine.take` does.
    """
    if not stories:
        return []
    contents = [story.content for story in stories]
    with transaction.atomic():
        photos, tags = showable_photos(contents), _tags(contents)
        answer = core.ask(_draw, stories, photos, tags)
        articles = write_drafts(contents, by=by, tags=tags)
        notes = {article.pk: story.note for article, story in zip(articles, stories, strict=True)}
        take_all(door.workflow, articles, door.step, actor=by, notes=notes)
        decisions = _decide(_freeze(articles, contents, by), stories, by, door)
        now = timezone.now()
        Release.objects.bulk_create(
            Release(decision=decision, due_at=story.published_at, done_at=now, before={})
            for decision, story in zip(decisions, stories, strict=True)
        )
        drawn, pupils = _without_names(stories, answer(), photos, tags)
        _write_pages(decisions, stories, drawn, photos, tags)
        _note_pupils(articles, pupils)
    return articles


def _article(content: dict[str, Any], by: Any) -> Article:
    return Article(
        department_id=content["department"]["id"],
        section_id=content["section"]["id"] if content["section"] else None,
        event_id=content["event"]["id"] if content["event"] else None,
        commendation_decision_id=(content["commendation_decision"] or {}).get("id"),
        created_by=by,
        **{name: content[name] for name in _WORDS},
    )


def _tags(contents: Sequence[dict[str, Any]]) -> dict[str, Tag]:
    """The tags by name; one that is not there yet is made."""
    names = {name for content in contents for name in content["tags"]}
    found = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    return found | {name: Tag.objects.create(name=name) for name in sorted(names - set(found))}


def _freeze(articles: list[Article], contents: list[dict[str, Any]], by: Any) -> list[Revision]:
    revisions = Revision.objects.bulk_create(
        Revision(
            article=article,
            number=1,
            content=content,
            sha256=digest(content),
            editor_ids=[by.pk],
            created_by=by,
        )
        for article, content in zip(articles, contents, strict=True)
    )
    first = Revision.objects.filter(article=OuterRef("pk"), number=1).values("pk")
    moved = Article.objects.filter(pk__in=[article.pk for article in articles])
    moved.update(approved_revision=Subquery(first), submitted_at=timezone.now())
    return revisions


def _decide(revisions: list[Revision], stories: Sequence[Ready], by: Any, door: Door) -> list[ReviewDecision]:
    permission = door.workflow[door.step].permission
    return ReviewDecision.objects.bulk_create(
        ReviewDecision(
            revision=revision,
            sha256=revision.sha256,
            verdict=door.verdict,
            note=story.note,
            decided_by=by,
            capacity=capacity(by, permission, revision.article),
        )
        for revision, story in zip(revisions, stories, strict=True)
    )


def _without_names(
    stories: Sequence[Ready], drawn: list[Drawn], photos: dict[int, Photo], tags: dict[str, Tag]
) -> tuple[list[Drawn], list[list[Pupil]]]:
    """The pages with the pupils each names; one that names a pupil is drawn again, as consent has it."""
    if not Pupil.objects.exists():
        return drawn, [[] for _ in stories]
    pupils = pupil_names.named_in_each([story.content for story in stories], [one.said for one in drawn])
    each = zip(stories, drawn, pupils, strict=True)
    return [_draw_one(story, photos, tags, named) if named else one for story, one, named in each], pupils


def _note_pupils(articles: list[Article], pupils: list[list[Pupil]]) -> None:
    through = PublishedArticle.pupils.through
    through.objects.bulk_create(
        through(publishedarticle_id=article.pk, pupil_id=pupil.pk)
        for article, named in zip(articles, pupils, strict=True)
        for pupil in named
    )


def _draw(stories: Sequence[Ready], photos: dict[int, Photo], tags: dict[str, Tag]) -> list[Drawn]:
    """Runs on another core: asks the database nothing."""
    return [_draw_one(story, photos, tags, []) for story in stories]


def _draw_one(story: Ready, photos: dict[int, Photo], tags: dict[str, Tag], pupils: list[Pupil]) -> Drawn:
    fields = page_fields(story.content, photos, pupils) | {
        "state": PublicState.LIVE,
        "revision_number": 1,
        "published_at": story.published_at,
        "updated_at": story.updated_at,
        "tag_names": [[tag.name, tag.slug] for tag in _in_order(story, tags)],
    }
    item = findable.item_of(PublishedArticle(pk=0, **fields))
    return Drawn(fields, item, words_of(item), pupil_names.said_in(story.content))


def _write_pages(
    decisions: list[ReviewDecision],
    stories: Sequence[Ready],
    drawn: list[Drawn],
    photos: dict[int, Photo],
    tags: dict[str, Tag],
) -> None:
    pages = PublishedArticle.objects.bulk_create(
        PublishedArticle(pk=decision.revision.article_id, sha256=decision.sha256, **one.fields)
        for decision, one in zip(decisions, drawn, strict=True)
    )
    put_read([(replace(one.item, pk=page.pk), one.words) for page, one in zip(pages, drawn, strict=True)])
    pairs = list(zip(pages, stories, strict=True))
    PublishedTag.objects.bulk_create(
        PublishedTag(content_object=page, tag=tag, published_at=page.published_at)
        for page, story in pairs
        for tag in _in_order(story, tags)
    )
    PhotoExposure.objects.bulk_create(
        PhotoExposure(photo_id=pk, subject=f"article:{page.pk}", is_drawn=pk in photos)
        for page, story in pairs
        for pk in sorted({figure["photo"] for figure in story.content["figures"]})
    )


def _in_order(story: Ready, tags: dict[str, Tag]) -> list[Tag]:
    return sorted((tags[name] for name in story.content["tags"]), key=lambda tag: tag.slug)
