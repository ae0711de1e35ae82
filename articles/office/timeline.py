"""Everything that happened to a story, newest first, and the states that can be compared."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator

from approvals.history import history
from articles.approval.commenting import label_of, of_writer
from articles.approval.freezing import content_of
from articles.enums import CommentAct
from articles.models import Article, PublishedArticle, Release, Revision, SavedCopy

NOW = "nay"


@dataclass(frozen=True)
class TimelineEntry:
    """One line: what happened, who did it, in what capacity, with which note.

    `state` names the content at that time (“b2”: revision 2; “l7”: saved copy 7); "" when there is none.
    """

    at: datetime.datetime
    label: str
    who: str = ""
    capacity: str = ""
    note: str = ""
    state: str = ""


def entries(article: Article) -> list[TimelineEntry]:
    """Returns the story's timeline, newest first. Makes a constant number of queries."""
    lines = [
        TimelineEntry(r.created_at, f"Gửi duyệt bản {r.number}", str(r.created_by), state=f"b{r.number}")
        for r in article.revisions.sent().select_related("created_by").defer("content")
    ]
    lines += [
        TimelineEntry(c.saved_at, _saved(c.reason), str(c.saved_by), state=f"l{c.pk}")
        for c in article.saved_copies.select_related("saved_by").defer("content")
    ]
    steps = list(history(article)) + list(history(PublishedArticle(pk=article.pk)))
    lines += [
        TimelineEntry(s.taken_at, s.label, str(s.actor), s.capacity, s.note)
        for s in steps
        if s.step != "submit"
    ]
    done = Release.objects.filter(decision__revision__article=article, done_at__isnull=False)
    lines += [
        TimelineEntry(
            r.done_at, f"Đăng bản {r.decision.revision.number}", state=f"b{r.decision.revision.number}"
        )
        for r in done.select_related("decision__revision").defer("decision__revision__content")
    ]
    lines += _comments(article)
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _comments(article: Article) -> list[TimelineEntry]:
    """Sent comments and what was said about them; a head's drafts stay private."""
    lines = []
    for thread in of_writer(article):
        comment = thread.comment
        sent = next(step for step in reversed(thread.steps) if step.act == CommentAct.SENT)
        label = f"Góp ý, {label_of(comment)}: “{Truncator(comment.quote).words(25)}”"
        lines.append(
            TimelineEntry(sent.taken_at, label, str(comment.written_by), comment.capacity, comment.whole)
        )
        for step in thread.said:
            label = f"{step.get_act_display()}, góp ý {label_of(comment)}"
            lines.append(TimelineEntry(step.taken_at, label, str(step.taken_by), step.capacity, step.words))
    return lines


def content_at(article: Article, state: str) -> dict[str, Any] | None:
    """Returns the content that `state` names; None when it is not one of this story."""
    if state == NOW:
        return content_of(article)
    kind, number = state[:1], state[1:]
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    rows = {
        "b": Revision.objects.filter(article=article, number=number),
        "l": SavedCopy.objects.filter(article=article, pk=number),
    }
    return rows[kind].values_list("content", flat=True).first() if kind in rows else None


def _saved(reason: str) -> str:
    return f"Lưu nháp ({reason})" if reason else "Lưu nháp"
