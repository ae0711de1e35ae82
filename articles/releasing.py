"""How an approved revision becomes the public page, and how a page becomes a tombstone.

The only module that writes PublishedArticle. Everything here runs inside the caller's transaction
and may be repeated without harm.
"""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from articles import page_tags
from articles.enums import PublicState
from articles.freezing import digest
from articles.models import PublishedArticle, Release, Revision
from articles.text import Figure, plain_text, render
from language.searching import accented_text, search_text
from media.exposure import expose, hide, note_drawn, outdated
from media.models import Photo
from media.presentation import photo_for

WORDS_A_MINUTE = 220


class DigestMismatchError(RuntimeError):
    """The stored revision is not what was approved: somebody changed the database by hand."""


def due(now: datetime.datetime | None = None) -> Any:
    """Releases whose time has come, oldest first."""
    waiting = Release.objects.filter(done_at=None, cancelled_at=None, due_at__lte=now or timezone.now())
    return waiting.select_related("decision__revision").order_by("due_at", "pk")


def run_due(now: datetime.datetime | None = None) -> int:
    """Publish everything due; each release in its own transaction. Returns how many were published."""
    return sum(execute(release) for release in due(now))


def supersede_waiting(article_id: int) -> None:
    """A newer approval takes the place of one still waiting for its time."""
    waiting = Release.objects.filter(decision__revision__article=article_id, done_at=None, cancelled_at=None)
    waiting.update(cancelled_at=timezone.now())


def execute(release: Release) -> bool:
    """Publish one release once, however many workers try; False if it was already done or cancelled.

    Raises DigestMismatchError when the words are no longer those that were approved.
    """
    now = timezone.now()
    with transaction.atomic():
        claimed = Release.objects.filter(pk=release.pk, done_at=None, cancelled_at=None).update(done_at=now)
        if claimed:
            _write_page(release, now)
    return bool(claimed)


def leave_tombstone(page: PublishedArticle, notice: str) -> None:
    """Empty a page whose state has just been moved to withdrawn; its address keeps the notice."""
    PublishedArticle.objects.filter(pk=page.pk).update(
        lead="",
        body_html="",
        hero=None,
        card_photo=None,
        bylines=[],
        tag_names=[],
        search_text="",
        accented_text="",
        withdrawn_at=timezone.now(),
        withdrawal_notice=notice,
    )
    page_tags.purge_story(page)
    page.tags.clear()
    hide(_subject(page.pk))


def redraw_outdated() -> int:
    """Draw again every live page whose photos' rights ended, or last again; returns how many.

    The words stay the approved ones, and so do version and days: nothing was published anew.
    """
    return sum(_redraw(pk) for pk in outdated("article"))


def _redraw(pk: int) -> bool:
    with transaction.atomic():
        page = PublishedArticle.objects.live().select_for_update().filter(pk=pk).first()
        if page is None:
            return False
        revision = Revision.objects.get(article_id=pk, number=page.revision_number)
        if digest(revision.content) != page.sha256:
            raise DigestMismatchError(f"revision {revision.pk}")
        drawn = page_fields(revision.content)
        pictures = {name: drawn[name] for name in ("body_html", "hero", "card_photo")}
        PublishedArticle.objects.filter(pk=pk).update(**pictures)
        note_drawn(_subject(pk))
        page_tags.purge_story(page)
    return True


def _write_page(release: Release, now: datetime.datetime) -> None:
    revision = release.decision.revision
    content = revision.content
    if not digest(content) == revision.sha256 == release.decision.sha256:
        raise DigestMismatchError(f"revision {revision.pk}")
    old = PublishedArticle.objects.filter(pk=revision.article_id).first()
    if old:
        page_tags.purge_story(old)  # the lists it may leave
    fields = page_fields(content) | {
        "state": PublicState.LIVE,
        "revision_number": revision.number,
        "sha256": revision.sha256,
        "published_at": old.published_at if old else max(release.due_at, revision.created_at),
        "updated_at": now,
        "withdrawn_at": None,
        "withdrawal_notice": "",
    }
    if old:
        PublishedArticle.objects.filter(pk=old.pk).update(**fields, version=F("version") + 1)
        old.refresh_from_db()
        page = old
    else:
        page = PublishedArticle.objects.create(pk=revision.article_id, **fields)
    page.tags.set(content["tags"])
    page.tag_names = [[tag.name, tag.slug] for tag in page.tags.order_by("slug")]
    page.save(update_fields=["tag_names"])
    page_tags.purge_story(page)
    expose(_subject(page.pk), {figure["photo"] for figure in content["figures"]})
    note_drawn(_subject(page.pk))


def page_fields(content: dict[str, Any]) -> dict[str, Any]:
    """The columns of a page that come from a content (shape of `freezing.content_of`), drawn and folded."""
    # A photo whose rights ended is left out with its caption; `redraw_outdated` follows what changes later.
    photos = Photo.objects.showable().in_bulk({figure["photo"] for figure in content["figures"]})
    hero, body_html = render(content["body"], lambda figure: _figure_html(figure, photos))
    pictures = [_picture(photos[f["photo"]], f) for f in content["figures"] if f["photo"] in photos]
    searchable = "\n".join(
        [
            content["title"],
            content["lead"],
            plain_text(content["body"]),
            *(b["name"] for b in content["bylines"]),
        ]
    )
    return {
        "kind": content["kind"],
        "slug": content["slug"],
        "title": content["title"],
        "lead": content["lead"],
        "source_mark": content["source_mark"],
        "body_html": body_html,
        "section_id": content["section"]["id"] if content["section"] else None,
        "department_id": content["department"]["id"],
        "department_name": content["department"]["name"],
        "event_id": content["event"]["id"] if content["event"] else None,
        "commendation_decision_id": (content["commendation_decision"] or {}).get("id"),
        "hero": pictures[0] if hero and hero.photo_id in photos else None,
        "card_photo": pictures[0] if pictures else None,
        "bylines": content["bylines"],
        "reading_minutes": max(1, round(len(plain_text(content["body"]).split()) / WORDS_A_MINUTE)),
        "search_text": search_text(searchable),
        "accented_text": accented_text(searchable),
    }


def _picture(photo: Photo, words: dict[str, Any]) -> dict[str, Any]:
    alt = "" if words["decorative"] else words["alt"]
    return photo_for(photo, caption=words["caption"], credit=words["credit"], alt=alt)


def _figure_html(figure: Figure, photos: dict[int, Photo]) -> str:
    photo = photos.get(figure.photo_id)
    if photo is None:
        return ""
    words = {
        "caption": figure.caption,
        "credit": figure.credit,
        "alt": figure.alt,
        "decorative": figure.is_decorative,
    }
    return render_to_string("articles/_figure.html", {"photo": _picture(photo, words)})


def _subject(pk: int) -> str:
    return f"article:{pk}"
