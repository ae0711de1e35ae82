"""Publishes an approved revision, and empties a page that readers may no longer see.

`schedule` decides when a release is due and what follows a failure; `pages` draws and writes the row.
Everything here may safely be repeated.
"""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from approvals.auditing import audit_act
from articles.approval import corrections, notices
from articles.approval.freezing import digest
from articles.approval.page_state import lock_page, page_state, read_page_state, refuse_if_withdrawn_since
from articles.approval.pages import (
    draw_page,
    page_fields,
    showable_photos,
    subject_of,
    tags_named,
    write_pages,
)
from articles.enums import PublicState
from articles.models import PublishedArticle, Release, Revision
from articles.public import findable, page_tags, pupil_names, share_card
from foundation.search.keeping import drop_items, put_items
from foundation.sharecards.pictures import forget_share_pictures
from media.exposure import hide, note_drawn, outdated
from media.following import register


class DigestMismatchError(RuntimeError):
    """The stored revision is not the approved one: somebody changed the database by hand."""


# Empty values for every column that shows the story's text.
TEXTLESS: dict[str, Any] = {
    "lead": "",
    "body_html": "",
    "hero": None,
    "card_photo": None,
    "bylines": [],
    "tag_names": [],
    "corrections": [],
    "corrected_at": None,
}
# Columns that depend on photo rights and pupil consents.
REDRAWN = ("slug", "title", "lead", "body_html", "hero", "card_photo")


def execute(release: Release) -> bool:
    """Publish one release once, however many workers try. Returns False if it was already done or cancelled.

    The claim and the page are one transaction, so a worker that dies has done both or neither. Raises
    DigestMismatchError when the revision is not what was approved, StepRefused when the page was withdrawn
    after the revision was sent.
    """
    with transaction.atomic():
        lock_page(release.decision.revision.article_id)
        return execute_locked(release)


def execute_locked(release: Release) -> bool:
    """Do what `execute` does, for a caller whose transaction has locked the page."""
    now = timezone.now()
    waiting = Release.objects.filter(pk=release.pk, done_at=None, cancelled_at=None)
    old = PublishedArticle.objects.filter(pk=release.decision.revision.article_id).first()
    claimed = waiting.update(done_at=now, before=page_state(old), retry_at=None, error="")
    if claimed:
        notices.published(release, _write_page(release, old, now))
        _audit_release(release)
    return bool(claimed)


def _audit_release(done: Release) -> None:
    """Write the audit entry: an immediate release is the head's act, a scheduled one the worker's."""
    decision, revision = done.decision, done.decision.revision
    at_once = done.due_at - decision.decided_at < datetime.timedelta(minutes=1)
    actor = decision.decided_by if at_once else None
    words = decision.capacity if at_once else ""
    audit_act(f"Đăng bản {revision.number}", actor, about=revision.article, capacity=words)


def leave_tombstone(page: PublishedArticle, notice: str, *, hides_title: bool = False) -> None:
    """Empty a page that has just been withdrawn; its address then shows the notice."""
    _empty(page, withdrawn_at=timezone.now(), withdrawal_notice=notice, hides_title=hides_title)


def change_notice(page: PublishedArticle, notice: str, *, hides_title: bool = False) -> None:
    """Replace the notice of a withdrawn page."""
    fields = _without_title(hides_title) | {"withdrawal_notice": notice}
    PublishedArticle.objects.filter(pk=page.pk).update(**fields)
    page_tags.purge_story(page)


def end_page(page: PublishedArticle) -> bool:
    """End a page whose `until` has passed: it leaves lists and feeds and its photos are hidden.

    Returns False when the page has changed since it was read.
    """
    with transaction.atomic():
        still = PublishedArticle.objects.live().filter(pk=page.pk, version=page.version, until=page.until)
        if not still.update(state=PublicState.ENDED, version=F("version") + 1):
            return False
        _empty(page)
    return True


def take_back_release(release: Release) -> bool:
    """Restore the page as it was before this release.

    Returns False and writes nothing when the page is no longer live (somebody withdrew it).
    """
    pages = PublishedArticle.objects.live().select_for_update()
    page = pages.filter(pk=release.decision.revision.article_id).first()
    if page is None:
        return False
    before = {name: _read_moment(name, value) for name, value in (release.before or {}).items()}
    if before.get("state") == PublicState.LIVE:
        show_again(page, release.before)
        return True
    PublishedArticle.objects.filter(pk=page.pk).update(
        state=before.pop("state", PublicState.TAKEN_BACK), version=F("version") + 1
    )
    _empty(page, **before)
    return True


def state_before_withdrawal(page: PublishedArticle) -> dict[str, Any]:
    """Return the state in which readers saw a withdrawn page; its notices are those of its release."""
    written = Release.objects.filter(decision__revision__article=page.pk, done_at__isnull=False)
    release = written.filter(decision__revision__number=page.revision_number).order_by("pk").last()
    before = (release.before if release else None) or {}
    is_change = release is not None and before.get("state") == PublicState.LIVE
    told = corrections.entry(release.decision.revision, release.done_at) if release and is_change else None
    return read_page_state(page.pk) | {
        "state": PublicState.LIVE,
        "corrections": ([told] if told else []) + before.get("corrections", []),
        "corrected_at": told["at"] if told else before.get("corrected_at"),
        "withdrawn_at": None,
        "withdrawal_notice": "",
        "hides_title": False,
    }


def show_again(page: PublishedArticle, before: dict[str, Any]) -> None:
    """Show the text of an earlier state (`before`, of `read_page_state`); the caller has locked the row.

    Raises DigestMismatchError when the revision is not what was approved.
    """
    shown = Revision.objects.get(article=page.pk, number=before["revision_number"])
    if digest(shown.content) != shown.sha256:
        raise DigestMismatchError(f"revision {shown.pk}")
    fields = {name: _read_moment(name, value) for name, value in before.items()}
    _fill(page, page.pk, shown.content, fields | {"sha256": shown.sha256})


def _read_moment(name: str, value: Any) -> Any:
    return parse_datetime(value) if value and (name.endswith("_at") or name == "until") else value


def _without_title(hides_title: bool) -> dict[str, Any]:
    """Return the columns of a page by whether its title is hidden; its address holds the title too."""
    return {"hides_title": True, "slug": ""} if hides_title else {"hides_title": False}


def _empty(page: PublishedArticle, *, hides_title: bool = False, **fields: Any) -> None:
    """`page` still has its old values, so the lists that contained it are purged."""
    page_tags.purge_story(page, is_urgent=True)
    emptied = TEXTLESS | fields | _without_title(hides_title)
    PublishedArticle.objects.filter(pk=page.pk).update(**emptied)
    page.tags.clear()
    page.pupils.clear()
    drop_items(findable.KIND, [page.pk])
    hide(subject_of(page.pk))
    forget_share_pictures(share_card.place_of(page.pk))


@register
def redraw_outdated() -> int:
    """Redraw every live page whose photo rights or pupil consents have changed. Returns how many.

    The text stays the approved one (except names without consent), and so do version and dates: this
    publishes nothing new.
    """
    pupils = pupil_names.with_changed_consent()
    pages = set(outdated("article")).union(*map(pupil_names.pages_naming, pupils))
    drawn = sum(_redraw(pk) for pk in sorted(pages))
    pupil_names.note_followed(pupils)
    return drawn


def _redraw(pk: int) -> bool:
    with transaction.atomic():
        page = PublishedArticle.objects.live().select_for_update().filter(pk=pk).first()
        if page is None:
            return False
        revision = Revision.objects.get(article_id=pk, number=page.revision_number)
        if digest(revision.content) != page.sha256:
            raise DigestMismatchError(f"revision {revision.pk}")
        drawn = page_fields(revision.content)
        shown = {name: drawn[name] for name in REDRAWN} | {"corrections": corrections.as_shown(page)}
        PublishedArticle.objects.filter(pk=pk).update(**shown)
        page.pupils.set(pupil_names.named_in(revision.content))
        page.refresh_from_db()
        put_items(findable.item_of(page))
        note_drawn(subject_of(pk))
        page_tags.purge_story(page)
        forget_share_pictures(share_card.place_of(pk))
    return True


def _write_page(release: Release, old: PublishedArticle | None, now: datetime.datetime) -> PublishedArticle:
    """Write the page of a release; `old` is the page until now."""
    revision = release.decision.revision
    content = revision.content
    if not digest(content) == revision.sha256 == release.decision.sha256:
        raise DigestMismatchError(f"revision {revision.pk}")
    if old:
        refuse_if_withdrawn_since(revision, old)
    # A page taken back was never really public: its history begins with this release.
    seen = old if old and old.state != PublicState.TAKEN_BACK else None
    told = corrections.entry(revision, now) if seen and seen.state == PublicState.LIVE else None
    fields = {
        "state": PublicState.LIVE,
        "revision_number": revision.number,
        "sha256": revision.sha256,
        "published_at": seen.published_at if seen else max(release.due_at, revision.created_at),
        # A silent change does not show “Cập nhật” either.
        "updated_at": seen.updated_at if seen and corrections.is_silent(content) else now,
        "corrections": ([told] if told else []) + (seen.corrections if seen else []),
        "corrected_at": now if told else (seen.corrected_at if seen else None),
        "until": release.until,
        "withdrawn_at": None,
        "withdrawal_notice": "",
        "hides_title": False,
    }
    return _fill(old, revision.article_id, content, fields)


def _fill(
    old: PublishedArticle | None, pk: int, content: dict[str, Any], fields: dict[str, Any]
) -> PublishedArticle:
    """Write the page from this content and return it; `old` is the page until now."""
    if old:
        page_tags.purge_story(old)  # lists that the page may leave
    named = pupil_names.named_in(content)
    write_pages([(pk, draw_page(content, fields, showable_photos([content]), tags_named([content]), named))])
    page = PublishedArticle.objects.get(pk=pk)
    page_tags.purge_story(page)
    return page
