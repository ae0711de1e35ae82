"""What the writing screen shows beside the text: the story's status, what is missing, the comments."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from accounts.models import FormOfAddress
from approvals.history import history
from articles.approval import checks, commenting, schedule
from articles.approval.decisions import last_decision
from articles.approval.freezing import FROZEN, content_of, digest
from articles.approval.holding import APPROVE, STORIES
from articles.enums import PublicState, Status
from articles.models import Article, PublishedArticle
from articles.public.tags import known_tags
from articles.writing.answering import checks_context
from foundation.language.dates import format_near
from records.kinds import Waiting

BADGES = {
    Status.DRAFTING: "",
    Status.IN_REVIEW: "warn",
    Status.SECOND_READING: "warn",
    Status.RETURNED: "brand-b",
    Status.APPROVED: "ok",
}
# The message after “Gửi duyệt”, by the step that was taken.
SENT = {
    "submit": "Đã gửi duyệt. Trưởng đơn vị thường trả lời trong một ngày làm việc.",
    "keep_approved": "Nội dung giống hệt bản đã duyệt nên quyết định duyệt còn nguyên, không phải gửi lại.",
}


def form_for(form: type, user: Any) -> Callable:
    """Returns an `__init__` that passes the writer to the form; Django's admin has no other way."""

    def start(self: Any, *args: Any, **kwargs: Any) -> None:
        form.__init__(self, *args, user=user, **kwargs)

    return start


def seen_number(article: Article, form: Any) -> int:
    """Returns the draft number to save from: the one the writer saw, or the current one to overwrite."""
    if form.cleaned_data.get("overwrite"):
        return Article.objects.values_list("draft_number", flat=True).get(pk=article.pk)
    return form.cleaned_data["seen_number"]


def screen(article: Article | None, user: Any, typed: Any = None) -> dict[str, Any]:
    """Returns the context of the writing screen for a stored or new story; `typed` is a refused form."""
    if article is None or article.pk is None:
        return {
            "badge": "",
            "known_tags": known_tags(),
            "steps_shown": _steps(None),
            "findings": [],
            "open_count": 0,
        }
    # Read again, because the form may have put refused words into the instance.
    stored = Article.objects.select_related(*FROZEN).get(pk=article.pk)
    content = content_of(stored)
    findings = checks.of_working_copy(stored, content)
    page = PublishedArticle.objects.filter(pk=article.pk).first()
    waiting, differs = STORIES.waiting(stored, by=user), _differs(stored, digest(content))
    return {
        "badge": BADGES[stored.status],
        "known_tags": known_tags(),
        "steps_shown": _steps(stored, page),
        **checks_context(stored, findings, typed),
        **commenting.sheet(stored, content),
        "page": page,
        "may_take_down": page is not None and page.state == PublicState.LIVE and user.has_perm(APPROVE, page),
        "returned": last_decision(stored) if stored.status == Status.RETURNED else None,
        "waiting": waiting,
        "is_own": waiting is not None and user.pk in stored.review_revision.editor_ids,
        "differs": differs,
        "calm": "" if differs or typed else calm_words(stored, waiting, page),
        "conversation": [change for change in history(stored) if change.note or change.step != "save"][:12],
    }


def calm_words(article: Article, waiting: Waiting | None, page: PublishedArticle | None) -> str:
    """Says where a text is that nobody has changed since it was sent or approved (“Đang ở chị Tâm, hạn 17:00
    hôm nay”); "" when the writer still has to send it.
    """
    today = timezone.localdate()
    if waiting:
        due, holder = format_near(waiting.holding.due_at, today), waiting.holding.holder
        if holder is None:
            return "Đã gửi; chưa có người nào duyệt được."
        until = f"quá hạn từ {due}" if waiting.holding.is_overdue else f"hạn {due}"
        return f"Đang ở {_called(holder.person)}, {until}."
    if article.status != Status.APPROVED:
        return ""
    if release := schedule.of_article(article.pk).first():
        return f"Đã duyệt, lên trang lúc {format_near(release.due_at, today)}."
    if page is None:
        return "Đã duyệt."
    said = {
        PublicState.LIVE: "Bạn đọc đang thấy đúng bản này.",
        PublicState.SUSPENDED: "Đang gỡ khẩn, chờ người thứ hai xác nhận.",
    }
    return said.get(PublicState(page.state), "")  # to be public again it is sent again


def _called(person: Any) -> str:
    """Returns the person as colleagues say it: “chị Tâm”; the whole name without a form of address."""
    user = person.user
    if user is None or user.form_of_address == FormOfAddress.FRIEND:
        return str(person)
    return f"{user.form_of_address} {user.get_short_name() or person}"


def _differs(article: Article, sha256: str) -> str:
    """Says how the working copy differs from the submitted or approved text; "" when it does not."""
    if article.review_revision:
        same = article.review_revision.sha256 == sha256
        return "" if same else f"Bản đang viết khác bản {article.review_revision.number} đang chờ duyệt."
    if article.approved_revision and article.approved_revision.sha256 != sha256:
        return f"Bản đang viết khác bản {article.approved_revision.number} đã duyệt."
    return ""


def _steps(article: Article | None, page: PublishedArticle | None = None) -> list[dict[str, Any]]:
    status = article.status if article else Status.DRAFTING
    live = bool(page and page.state == PublicState.LIVE)
    between = [s for s in (Status.SECOND_READING, Status.RETURNED) if s == status]
    order = [Status.DRAFTING, Status.IN_REVIEW, *between, Status.APPROVED]
    steps = [
        {"label": s.label, "done": order.index(s) < order.index(status), "now": s == status} for s in order
    ]
    if live and status == Status.APPROVED:
        steps[-1] |= {"now": False, "done": True}
    return [*steps, {"label": "Đã đăng", "done": False, "now": live and status == Status.APPROVED}]
