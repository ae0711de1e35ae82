"""Changes of a public text: what kind each is, its notice, and where the notice is shown.

Four kinds: a typo (no notice, the reason stays on record), new facts (cập nhật), a slip (đính chính), a wrong
fact (cải chính: what was wrong, what is right). Luật Báo chí 2025 binds the press; a Sở's site follows its
custom.
"""

import datetime
from typing import Any

from articles.approval.freezing import content_of, words_digest
from articles.enums import CorrectionKind
from articles.models import Article, PublishedArticle, Revision
from articles.public import pupil_names
from articles.text.comparing import compare

LONGEST_EXCERPT = 140
TOLD = 2  # changes that a proposed notice quotes; the editor adds the rest


def shown_content(article_id: int | None) -> dict[str, Any] | None:
    """Returns the content that readers see now; None when the story is not public."""
    page = PublishedArticle.objects.live().filter(pk=article_id).values("revision_number").first()
    if page is None:
        return None
    return Revision.objects.get(article=article_id, number=page["revision_number"]).content


def is_missing(content: dict[str, Any], shown: dict[str, Any] | None) -> bool:
    """Whether the text differs from the public one and nobody has said what kind of change this is.

    The correction of the previous change does not count.
    """
    if shown is None or words_digest(content) == words_digest(shown):
        return False
    said = content.get("correction")
    return said is None or said == shown.get("correction") or not said["notice"]


def fill_in(article: Article) -> str:
    """Write the notice when only the kind of change was chosen. Returns the notice; "" when none is needed.

    Sets `article.correction_note` but does not save it: the caller saves the row.
    """
    shown = shown_content(article.pk)
    if shown is None or not article.correction_kind or article.correction_note:
        return ""
    article.correction_note = proposed(article.correction_kind, shown, content_of(article))
    return article.correction_note


def proposed(kind: str, old: dict[str, Any], new: dict[str, Any]) -> str:
    """Returns a notice that quotes at most TOLD changes between two contents; the editor may reword it."""
    story = {name: value for name, value in new.items() if name != "correction"}  # not the last notice
    changes = [change for change in map(_quoted, compare(old, story)) if change][:TOLD]
    return " ".join(_sentence(kind, before, after) for before, after in changes) or _PLAIN[kind]


def entry(revision: Revision, at: datetime.datetime) -> dict[str, Any] | None:
    """Returns what the page says about a revision's change; None when there is nothing to say (a typo, or no
    change).
    """
    said = revision.content.get("correction")
    if said is None or said["kind"] == CorrectionKind.TYPO:
        return None
    label = CorrectionKind(said["kind"]).label
    words = {"kind": said["kind"], "label": label, "notice": said["notice"]}
    return words | {"at": at.isoformat(), "revision": revision.number}


def as_shown(page: PublishedArticle) -> list[dict[str, Any]]:
    """Returns the page's notices from the frozen text, with initials for pupils who may not be named."""
    numbers = [told["revision"] for told in page.corrections]
    frozen = Revision.objects.filter(article=page.pk, number__in=numbers) if numbers else ()
    contents = {
        one.number: pupil_names.as_shown(one.content, pupil_names.named_in(one.content)) for one in frozen
    }
    return [
        told | {"notice": contents[told["revision"]]["correction"]["notice"]} for told in page.corrections
    ]


def label_of(content: dict[str, Any]) -> str:
    """Returns the kind of change in words (“Đính chính”); "" when the content has no correction."""
    said = content.get("correction")
    return CorrectionKind(said["kind"]).label if said else ""


def is_silent(content: dict[str, Any]) -> bool:
    """Whether the change is only a typo."""
    return content.get("correction", {}).get("kind") == CorrectionKind.TYPO


_PLAIN = {
    CorrectionKind.TYPO: "Sửa lỗi trình bày.",
    CorrectionKind.UPDATE: "Bài có thêm thông tin mới.",
    CorrectionKind.ERRATUM: "Bài đã được đính chính.",
    CorrectionKind.RECTIFICATION: "Bài đã được cải chính. Thành thật xin lỗi bạn đọc.",
}


def _sentence(kind: str, before: str, after: str) -> str:
    if kind == CorrectionKind.TYPO:
        return f"Sửa lỗi gõ: “{before}” thành “{after}”."
    if kind == CorrectionKind.UPDATE:
        return f"Cập nhật: {after}." if not before or before in after else f"Nay ghi: “{after}”."
    if not before:
        return f"Xin bổ sung: “{after}”."
    if not after:
        return f"Bản đăng trước ghi “{before}”; xin bỏ chi tiết này."
    if kind == CorrectionKind.ERRATUM:
        return f"Bản đăng trước ghi “{before}”; xin đính chính là “{after}”."
    return f"Bản đăng trước ghi sai: “{before}”. Thông tin đúng là: “{after}”. Thành thật xin lỗi bạn đọc."


def _quoted(change: Any) -> tuple[str, str] | None:
    before = "".join(piece.text for piece in change.pieces if piece.kind != "in")
    after = "".join(piece.text for piece in change.pieces if piece.kind != "out")
    return (_short(before), _short(after)) if before != after else None


def _short(text: str) -> str:
    words = " ".join(text.split()).rstrip(".")
    return words if len(words) <= LONGEST_EXCERPT else words[:LONGEST_EXCERPT].rsplit(" ", 1)[0] + " …"
