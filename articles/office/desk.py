"""The head's desk: what waits, the exact submitted text, and one decision about it."""

from itertools import chain
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from approvals.engine import StepRefused, take
from approvals.history import history
from articles.approval import checks, commenting, corrections, urgent
from articles.approval.decisions import last_decision
from articles.approval.holding import APPROVE, SECOND_READ, STORIES
from articles.approval.schedule import LATE_AFTER
from articles.approval.workflow import ARTICLE, deciding_step, undoing_step
from articles.enums import Status, Verdict
from articles.models import Article, Comment
from articles.office.previews import draft_page
from articles.office.queue import (
    is_open_to,
    records_waiting,
    scheduled,
    still_to_take_back,
    waiting,
    waiting_one,
)
from articles.office.verdict import ReleaseForm, VerdictForm, suggested_time
from articles.public import pupil_names
from articles.text.anchoring import Text, anchor_in
from articles.text.body import numbered
from articles.text.comparing import Difference, compare
from departments.access import scope
from records.kinds import Waiting

DECIDED = "da-quyet-dinh"
# The comment's fields are in the decision's form, so that no button loses the text of either.
WHERE, QUOTE, BEFORE, WORDS = "comment_where", "comment_quote", "comment_before", "comment_words"
PROPOSAL = "comment_proposal"
_BOXES = ("where", "quote", "before", "words", "proposal")
NOTHING_WAITS = "Bài này không còn chờ bạn duyệt: có người đã quyết định hoặc người viết đã thu lại."


@never_cache
@require_safe
def review_desk(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """What waits for this person, with one story open: the requested one, else the first (wide screens)."""
    queue, others = waiting(request.user)
    if pk:
        chosen = next((one for one in [*queue, *others] if one.record.pk == pk), None)
    else:
        chosen = None if DECIDED in request.GET else next(iter(queue), None)
    if pk and chosen is None:
        messages.info(request, "Bài này không còn chờ bạn duyệt.")
        return back_to_desk()
    suggested = suggested_time(chosen.record.embargo_until if chosen else None)
    form = VerdictForm(initial={"due_at": suggested})
    return desk_page(request, (queue, others), chosen, form, more={"is_asked_for": bool(pk)})


def back_to_desk() -> HttpResponse:
    """Redirects to the desk with no story open, so that the next press is not about an unread story.

    The URL has its own fragment, because the browser would otherwise keep the form's.
    """
    return redirect(f"{reverse('admin:review_desk')}?{DECIDED}#noi-dung")


@never_cache
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the decision about exactly the text that was shown; 409 with a message when it has changed."""
    article = waiting_one(request.user, pk)
    if article is None:
        return _nothing_waits(request, pk)
    if request.POST.get("step") == "choose_time":
        return _shown_again(request, pk, typed_again(request, article), {"is_choosing": True}, status=200)
    answer, form, more = _pressed(request, article)
    return answer or _shown_again(request, pk, form, more)


@transaction.atomic
def _pressed(request: HttpRequest, article: Article) -> tuple[HttpResponse | None, VerdictForm, dict]:
    """Keep a comment typed beside, and decide: if who decides is asked again first, neither is done yet."""
    more = keep_typed(request, article)
    form = VerdictForm(request.POST, comments=len(commenting.to_send(article, request.user)))
    if not more and form.is_valid():
        try:
            return _decided(request, article, form), form, more
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            article.refresh_from_db()
            more = {"moved_on": _moved_on(article, form.cleaned_data["sha256"])}
    return None, form, more


def _shown_again(
    request: HttpRequest, pk: int, form: VerdictForm, more: dict[str, Any], status: int = 409
) -> HttpResponse:
    """The desk with the same story open and what was typed."""
    queue = waiting(request.user)
    chosen = next((one for one in chain(*queue) if one.record.pk == pk), None)
    if chosen is None:
        return _nothing_waits(request, pk)
    return desk_page(request, queue, chosen, form, status=status, more=more)


def _nothing_waits(request: HttpRequest, pk: int) -> HttpResponse:
    """A message; a typed note is shown so that it can be copied."""
    get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    messages.warning(request, NOTHING_WAITS)
    if not request.POST.get("note", "").strip():
        return back_to_desk()
    kept = {"kept_note": request.POST["note"][:2000]}
    return desk_page(request, waiting(request.user), None, VerdictForm(), status=409, more=kept)


def typed_again(request: HttpRequest, article: Article) -> VerdictForm:
    """Returns the decision's form with what was typed and the suggested time, not validated."""
    typed = {"note": request.POST.get("note", ""), "reasons": request.POST.getlist("reasons")}
    suggested = request.POST.get("due_at") or suggested_time(article.embargo_until)
    return VerdictForm(initial=typed | {"due_at": suggested, "until": request.POST.get("until", "")})


def _moved_on(article: Article, sha256: str) -> list[Difference]:
    """Returns the differences between the text on the screen and the one that waits now."""
    shown = article.revisions.filter(sha256=sha256).order_by("-number").first()
    if shown is None or article.review_revision is None or shown == article.review_revision:
        return []
    return compare(shown.content, article.review_revision.content)


@never_cache
@require_POST
def take_back_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own decision of the last minutes."""
    article = _decided_here(request, pk)
    decision = last_decision(article)
    step = undoing_step(decision) if decision else "take_back"
    return _take_step(request, article, step, f"Đã rút lại quyết định; “{article}” lại chờ duyệt.", {})


@never_cache
@require_safe
def scheduled_stories(request: HttpRequest) -> HttpResponse:
    """Approved stories that wait for their hour, with their errors."""
    if not scope(request.user, APPROVE):
        raise Http404
    context = admin.site.each_context(request) | {"title": "Đã hẹn giờ"} | _facets(request.user)
    now = timezone.now()
    rows = [
        {"release": r, "article": r.decision.revision.article, "is_late": r.due_at < now - LATE_AFTER}
        for r in context["scheduled"]
    ]
    return render(request, "admin/articles/scheduled.html", context | {"rows": rows})


@never_cache
@require_POST
def change_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a waiting release, or give it another time."""
    article = _decided_here(request, pk)
    form = ReleaseForm(request.POST)
    if "cancel" in request.POST:
        return _take_step(request, article, "cancel_release", f"Đã bỏ hẹn giờ của “{article}”.", {})
    if not form.is_valid():
        messages.error(request, " ".join(" ".join(errors) for errors in form.errors.values()))
        return redirect("admin:scheduled_stories")
    times = {name: form.cleaned_data[name] for name in ("due_at", "until")}
    return _take_step(request, article, "reschedule", f"Đã hẹn giờ khác cho “{article}”.", times)


def _decided_here(request: HttpRequest, pk: int) -> Article:
    units = scope(request.user, APPROVE) | scope(request.user, SECOND_READ)
    reach = Article.objects.visible_to(request.user).filter(department__in=units)
    return get_object_or_404(reach, pk=pk)


def _take_step(
    request: HttpRequest, article: Article, step: str, said: str, data: dict[str, Any]
) -> HttpResponse:
    version = request.POST.get("version", "")
    seen = int(version) if version.isdecimal() and len(version) < 10 else -1
    try:
        take(ARTICLE, article, step, actor=request.user, version=seen, data=data)
    except StepRefused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return back_to_desk() if step.startswith("take_back") else redirect("admin:scheduled_stories")


def _decided(request: HttpRequest, article: Article, form: VerdictForm) -> HttpResponse:
    asked = form.cleaned_data["step"]
    data = {name: form.cleaned_data[name] for name in ("sha256", "until", "early_reason")}
    if asked == "schedule":
        data["due_at"] = form.cleaned_data["due_at"]
    step = deciding_step(article, "send_back" if asked == "send_back" else "approve")
    take(
        ARTICLE,
        article,
        step,
        actor=request.user,
        version=form.cleaned_data["version"],
        note=form.words() if asked == "send_back" else form.cleaned_data["note"],
        data=data,
    )
    said = {
        "approve": "Đã duyệt và đăng “{}”.",
        "schedule": "Đã duyệt “{}”; bài sẽ tự đăng đúng giờ hẹn.",
        "send_back": "Đã trả lại “{}” kèm lời nhắn.",
        "pass_on": "Đã duyệt “{}” và chuyển Sở duyệt lần hai; bài chưa đăng.",
    }
    messages.success(request, said["pass_on" if step == "pass_on" else asked].format(article))
    return back_to_desk()


def _facets(user: Any) -> dict[str, Any]:
    taken_down = urgent.waiting_for(user)
    return {"scheduled": scheduled(user), "undoable": still_to_take_back(user), "taken_down": taken_down}


def desk_page(
    request: HttpRequest,
    queue: tuple[list[Waiting], list[Waiting]],
    chosen: Waiting | None,
    form: VerdictForm,
    *,
    status: int = 200,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Returns the whole desk with one story open (`chosen`). Raises Http404 for who never decides."""
    if not is_open_to(request.user):
        raise Http404
    context = admin.site.each_context(request) | {"title": "Chờ duyệt", "form": form}
    context |= {"queue": queue[0], "others": queue[1], "records": records_waiting(request.user)}
    context["longest"] = min(queue[0], key=lambda one: one.holding.since, default=None)
    context |= _facets(request.user) | (more or {})
    if chosen is not None:
        article, content = chosen.record, chosen.record.review_revision.content
        permission = ARTICLE[deciding_step(article, "approve")].permission
        context |= {
            "article": article,
            "waiting": chosen,
            "revision": article.review_revision,
            "page": draft_page(content | {"body": numbered(content["body"])}, article.pk),
            "findings": checks.of_revision(article.review_revision),
            "is_early": article.status == Status.IN_REVIEW and not chosen.holding.turn_of(request.user),
            "passes_on": deciding_step(article, "approve") == "pass_on",
            "capacity": chosen.holding.capacity(request.user, permission, article.department_id),
            "compared_with": _compared_with(article),
            "correction_label": corrections.label_of(content),
            "is_own": has_a_hand_in(chosen, request.user),
            "conversation": history(article)[:8],
        }
        context = {"is_asked_for": True} | comments_context(request, article) | context
    return render(request, "admin/articles/desk.html", context, status=status)


def has_a_hand_in(waiting: Waiting, user: Any) -> bool:
    """Whether somebody else must decide: it is one's own text, or one made the first reading."""
    story = waiting.record
    again = story.status == Status.SECOND_READING and not waiting.holding.turn_of(user)
    return again or user.pk in story.review_revision.editor_ids


def _compared_with(article: Article) -> dict[str, Any] | None:
    """Returns the label of the last decided revision and its differences from the waiting one."""
    revision = article.review_revision
    earlier = article.revisions.filter(number__lt=revision.number)
    seen = earlier.filter(decisions__isnull=False).order_by("-number").first()
    if seen is None:
        return None
    was_returned = seen.decisions.filter(verdict=Verdict.RETURNED).exists()
    label = f"bản {seen.number} " + ("đã trả lại" if was_returned else "đã duyệt")
    return {"label": label, "differences": compare(seen.content, revision.content)}


# --- comments on the desk ------------------------------------------------------------------------------


def comments_context(request: HttpRequest, article: Article) -> dict[str, Any]:
    """Returns the context of `admin/articles/_comments.html` and `_comment_form.html`."""
    content = article.review_revision.content
    found = commenting.place_comments(commenting.of_head(article, request.user), content)
    may_comment = request.user.pk not in article.review_revision.editor_ids
    return {
        "threads": found,
        "draft_count": sum(t.is_draft for t in found),
        "open_count": sum(t.is_open for t in found),
        "to_send_count": sum(t.is_draft or t.is_open for t in found),
        "may_comment": may_comment,
        "passages": list(Text(content).passages()) if may_comment else [],
        "typed": {"where": "", "quote": "", "before": "", "words": ""},
    }


def keep_comment(request: HttpRequest, article: Article) -> Comment:
    """Save the typed comment on the text that was shown, even when a newer one waits now.

    Raises StepRefused when the text was never submitted or is one's own, or place or words are missing.
    """
    post = request.POST
    revision = article.revisions.filter(sha256=post.get("sha256", "")).order_by("-number").first()
    if revision is None:
        raise StepRefused("Bản bạn vừa đọc không còn ở đây; hãy mở lại trang rồi góp ý.", code="stale")
    if request.user.pk in (*revision.editor_ids, *article.review_revision.editor_ids):
        raise StepRefused(
            "Bài này do bạn viết, sửa hoặc gửi, nên người khác góp ý và quyết định.", code="own"
        )
    shown = pupil_names.as_shown(revision.content, pupil_names.named_in(revision.content))
    said = (post.get(WHERE, ""), post.get(QUOTE, ""), post.get(BEFORE, ""))
    anchor = anchor_in(revision.content, *said, shown=shown)
    if anchor is None:
        raise StepRefused("Hãy chọn câu, đoạn hoặc ảnh muốn góp ý.", code="where")
    permission = ARTICLE[deciding_step(article, "approve")].permission
    held_as = STORIES.capacity(request.user, permission, article)
    words, proposal = post.get(WORDS, ""), _proposal_typed(post)
    return commenting.write_comment(
        revision, anchor, words, by=request.user, capacity=held_as, proposal=proposal
    )


def _proposal_typed(post: Any) -> str:
    """Returns the words typed in place of the quoted ones; "" while they are the quoted ones as shown."""
    typed = " ".join(post.get(PROPOSAL, "").split())
    return "" if typed == " ".join(post.get(QUOTE, "").split()) else typed


def keep_typed(request: HttpRequest, article: Article) -> dict[str, Any]:
    """Save a comment that was typed when another button was pressed. Returns context when it is refused, else
    {}.
    """
    if not request.POST.get(WORDS, "").strip() and not _proposal_typed(request.POST):
        return {}
    try:
        keep_comment(request, article)
    except StepRefused as refusal:
        return refused(request, refusal)
    return {}


def refused(request: HttpRequest, refusal: StepRefused) -> dict[str, Any]:
    """Returns context with what was typed and the error, so that nothing must be typed again."""
    typed = {name: request.POST.get(f"comment_{name}", "") for name in _BOXES}
    return {"typed": typed | {"words": typed["words"][:4000], "error": refusal.message, "code": refusal.code}}


def urls(site: admin.AdminSite) -> list:
    """Returns the admin URLs of the desk."""
    return [
        path("cho-duyet/", site.admin_view(review_desk), name="review_desk"),
        path("cho-duyet/hen-gio/", site.admin_view(scheduled_stories), name="scheduled_stories"),
        path("cho-duyet/<int:pk>/rut-lai/", site.admin_view(take_back_decision), name="review_take_back"),
        path("cho-duyet/<int:pk>/hen-gio/", site.admin_view(change_release), name="change_release"),
        path("cho-duyet/<int:pk>/", site.admin_view(review_desk), name="review_story"),
        path("cho-duyet/<int:pk>/quyet-dinh/", site.admin_view(decide), name="review_decide"),
    ]
