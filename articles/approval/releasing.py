"""How an approved revision becomes the public page, and how a page becomes a tombstone.

`pages` draws and writes the row; here stands when. Everything here runs inside the caller's transaction
and may be repeated without harm.
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
from articles.approval.page_state import hold_page, read_page_state, refuse_if_withdrawn_since
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
    """The stored revision is not what was approved: somebody changed the database by hand."""


# What of a row could still tell its story: gone as soon as readers may not read it.
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
# What follows photos' rights and pupils' consent while a page is live.
REDRAWN = ("slug", "title", "lead", "body_html", "hero", "card_photo")


def execute(release: Release) -> bool:
    """Publish one release once, however many workers try; False if it was already done or cancelled.

    Claim and page are one transaction: a worker that dies has done both or neither. The decision is
    read again after the claim. Raises DigestMismatchError when the words are no longer those that
    were approved, StepRefused when the page was withdrawn after they had been sent.
    """
    now = timezone.now()
    article_id = release.decision.revision.article_id
    with transaction.atomic():
        hold_page(article_id)
        waiting = Release.objects.filter(pk=release.pk, done_at=None, cancelled_at=None)
        claimed = waiting.update(done_at=now, before=read_page_state(article_id), retry_at=None, error="")
        if claimed:
            done = Release.objects.select_related("decision__revision__article").get(pk=release.pk)
            _write_page(done, now)
            notices.published(done)
            _audit_release(done)
    return bool(claimed)


def _audit_release(done: Release) -> None:
    """In the audit book: at once it is the head's act, at its hour the worker's."""
    decision, revision = done.decision, done.decision.revision
    at_once = done.due_at - decision.decided_at < datetime.timedelta(minutes=1)
    actor = decision.decided_by if at_once else None
    words = decision.capacity if at_once else ""
    audit_act(f"Đăng bản {revision.number}", actor, about=revision.article, capacity=words)


def leave_tombstone(page: PublishedArticle, notice: str) -> None:
    """Empty a page whose state has just been moved to withdrawn; its address keeps the notice."""
    _empty(page, withdrawn_at=timezone.now(), withdrawal_notice=notice)


def change_notice(page: PublishedArticle, notice: str) -> None:
    """Say another reason at the address of a page that was withdrawn already."""
    PublishedArticle.objects.filter(pk=page.pk).update(withdrawal_notice=notice)
    page_tags.purge_story(page)


def end_page(page: PublishedArticle) -> bool:
    """The page's time is over: it leaves lists and feeds, its photos are hidden, its address says so.

    False when it is no longer the page that was to end.
    """
    with transaction.atomic():
        still = PublishedArticle.objects.live().filter(pk=page.pk, version=page.version, until=page.until)
        if not still.update(state=PublicState.ENDED, version=F("version") + 1):
            return False
        _empty(page)
    return True


def take_back_release(release: Release) -> bool:
    """Let the address answer as it did before this release was done.

    False, and nothing is written, when the page is live no longer: somebody withdrew it meanwhile.
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


def show_again(page: PublishedArticle, before: dict[str, Any]) -> None:
    """Show again the words the address answered with (of `read_page_state`); the caller holds the row.

    Raises DigestMismatchError when they are no longer those that were approved.
    """
    shown = Revision.objects.get(article=page.pk, number=before["revision_number"])
    if digest(shown.content) != shown.sha256:
        raise DigestMismatchError(f"revision {shown.pk}")
    fields = {name: _read_moment(name, value) for name, value in before.items()}
    _fill(page, page.pk, shown.content, fields | {"sha256": shown.sha256})


def _read_moment(name: str, value: Any) -> Any:
    return parse_datetime(value) if value and (name.endswith("_at") or name == "until") else value


def _empty(page: PublishedArticle, **fields: Any) -> None:
    """`page` still says where it stood, so that those lists are drawn anew."""
    page_tags.purge_story(page, is_urgent=True)
    PublishedArticle.objects.filter(pk=page.pk).update(**TEXTLESS | fields)
    page.tags.clear()
    page.pupils.clear()
    drop_items(findable.KIND, [page.pk])
    hide(subject_of(page.pk))
    forget_share_pictures(share_card.place_of(page.pk))


@register
def redraw_outdated() -> int:
    """Draw again every live page whose photos' rights or whose pupils' consent began or ended since;
    returns how many.

    The words stay the approved ones but for names without consent, and so do version and days:
    nothing was published anew.
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


def _write_page(release: Release, now: datetime.datetime) -> None:
    revision = release.decision.revision
    content = revision.content
    if not digest(content) == revision.sha256 == release.decision.sha256:
        raise DigestMismatchError(f"revision {revision.pk}")
    refuse_if_withdrawn_since(revision)
    old = PublishedArticle.objects.filter(pk=revision.article_id).first()
    # One that was never really public (taken back at once) begins with this release.
    seen = old if old and old.state != PublicState.TAKEN_BACK else None
    told = corrections.entry(revision, now) if seen and seen.state == PublicState.LIVE else None
    fields = {
        "state": PublicState.LIVE,
        "revision_number": revision.number,
        "sha256": revision.sha256,
        "published_at": seen.published_at if seen else max(release.due_at, revision.created_at),
        # A silent change says nothing to readers, so not “Cập nhật” either.
        "updated_at": seen.updated_at if seen and corrections.is_silent(content) else now,
        "corrections": ([told] if told else []) + (seen.corrections if seen else []),
        "corrected_at": now if told else (seen.corrected_at if seen else None),
        "until": release.until,
        "withdrawn_at": None,
        "withdrawal_notice": "",
    }
    _fill(old, revision.article_id, content, fields)


def _fill(old: PublishedArticle | None, pk: int, content: dict[str, Any], fields: dict[str, Any]) -> None:
    """Let the address answer with this content; `old` is the page as it answered until now."""
    if old:
        page_tags.purge_story(old)  # the lists it may leave
    named = pupil_names.named_in(content)
    write_pages([(pk, draw_page(content, fields, showable_photos([content]), tags_named([content]), named))])
    page_tags.purge_story(PublishedArticle.objects.get(pk=pk))
