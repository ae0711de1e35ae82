"""How a story moves: the editorial axis of the working copy, and the withdrawal of what is public.

Approving is about one frozen revision, named by its digest; editing the working copy afterwards
changes nothing that was submitted.
"""

from django.utils import timezone

from approvals.engine import Request, Step, StepRefused, Workflow
from articles import checks, releasing
from articles.enums import PublicState, Status, Verdict
from articles.freezing import content_of, digest, freeze
from articles.models import Article, PublishedArticle, Release, ReviewDecision
from departments.access import capacity, granting_position

APPROVE = "articles.approve_article"
WITHDRAW = "articles.withdraw_publishedarticle"
SEND_BACK = "articles.send_back_article"


# --- guards: may it move? Each refuses with words fit for the person who asked -----------------


def holds_the_unit(request: Request) -> None:
    """Deciding follows a position with dates, never an account's power: a superuser without one may not."""
    if granting_position(request.actor, APPROVE, request.record.department_id) is None:
        raise StepRefused("Hôm nay bạn không giữ chức danh được duyệt bài của đơn vị này.", code="capacity")


def is_not_their_own(request: Request) -> None:
    if request.actor.pk in request.record.review_revision.editor_ids:
        raise StepRefused(
            "Bạn đã viết, sửa hoặc gửi bài này nên không thể tự quyết định. "
            "Người khác có quyền duyệt sẽ quyết định.",
            code="own",
        )


def digest_is_under_review(request: Request) -> None:
    if request.data.get("sha256") != request.record.review_revision.sha256:
        raise StepRefused(
            "Bản bạn vừa đọc không còn là bản đang chờ duyệt. Chưa có gì được duyệt; hãy đọc bản mới.",
            code="stale",
        )


def writes_it(request: Request) -> None:
    """Only a hand of the text takes it back from the head's desk."""
    if request.actor.pk not in request.record.review_revision.editor_ids:
        raise StepRefused("Chỉ người viết bài mới thu lại được bài đang chờ duyệt.", code="own")


# --- effects: what follows, in the same transaction --------------------------------------------------


def freeze_for_review(request: Request) -> None:
    """Freeze exactly what is checked, on the row the step has just moved and therefore holds."""
    article = Article.objects.select_related("section", "department", "event", "commendation_decision").get(
        pk=request.record.pk
    )
    content = content_of(article)
    findings = checks.of_working_copy(article, content)
    if missing := checks.blocking(findings):
        raise StepRefused("Chưa gửi được: " + "; ".join(f.message for f in missing) + ".", code="checks")
    sha256 = digest(content)
    if sha256 == _digest_already_sent(article):
        raise StepRefused("Nội dung chưa có gì khác bản đã gửi, nên không cần gửi lại.", code="same")
    revision = freeze(article, request.actor, content, checks.answers_to_freeze(findings))
    Article.objects.filter(pk=article.pk).update(review_revision=revision, submitted_at=timezone.now())


def _digest_already_sent(article: Article) -> str | None:
    """Digest of the revision under review, else of the one readers see now."""
    if article.review_revision:
        return article.review_revision.sha256
    page = PublishedArticle.objects.live().filter(pk=article.pk).first()
    return page.sha256 if page else None


def record_approval(request: Request) -> None:
    article = request.record
    decision = _decide(request, Verdict.APPROVED, APPROVE)
    Article.objects.filter(pk=article.pk).update(approved_revision=decision.revision, review_revision=None)
    due_at = request.data.get("due_at") or timezone.now()
    releasing.supersede_waiting(article.pk)
    release = Release.objects.create(decision=decision, due_at=due_at)
    if due_at <= timezone.now():
        releasing.execute(release)


def record_return(request: Request) -> None:
    _decide(request, Verdict.RETURNED, SEND_BACK)
    Article.objects.filter(pk=request.record.pk).update(review_revision=None)


def leave_review(request: Request) -> None:
    Article.objects.filter(pk=request.record.pk).update(review_revision=None)


def _decide(request: Request, verdict: Verdict, permission: str) -> ReviewDecision:
    revision = request.record.review_revision
    return ReviewDecision.objects.create(
        revision=revision,
        sha256=revision.sha256,
        verdict=verdict,
        note=request.note,
        decided_by=request.actor,
        capacity=capacity(request.actor, permission, request.record),
    )


ARTICLE = Workflow(
    capacity=capacity,
    steps=(
        Step(
            name="submit",
            label="Gửi duyệt",
            sources=(Status.DRAFTING, Status.RETURNED, Status.IN_REVIEW, Status.APPROVED),
            target=Status.IN_REVIEW,
            permission="articles.submit_article",
            effects=(freeze_for_review,),
            style="primary",
        ),
        Step(
            name="approve",
            label="Duyệt, đăng ngay",
            sources=(Status.IN_REVIEW,),
            target=Status.APPROVED,
            permission=APPROVE,
            guards=(holds_the_unit, digest_is_under_review, is_not_their_own),
            effects=(record_approval,),
            style="primary",
        ),
        Step(
            name="send_back",
            label="Trả lại",
            sources=(Status.IN_REVIEW,),
            target=Status.RETURNED,
            permission=SEND_BACK,
            guards=(holds_the_unit, digest_is_under_review, is_not_their_own),
            effects=(record_return,),
            note_required=True,
            style="danger",
        ),
        Step(
            name="recall",
            label="Thu lại để sửa",
            sources=(Status.IN_REVIEW,),
            target=Status.DRAFTING,
            permission="articles.submit_article",
            guards=(writes_it,),
            effects=(leave_review,),
        ),
    ),
)


# --- the public axis ------------------------------------------------------------------------------------


def holds_the_public_unit(request: Request) -> None:
    if (
        granting_position(request.actor, "articles.withdraw_publishedarticle", request.record.department_id)
        is None
    ):
        raise StepRefused("Hôm nay bạn không giữ chức danh được gỡ bài của đơn vị này.", code="capacity")


def empty_the_page(request: Request) -> None:
    releasing.leave_tombstone(request.record, notice=request.note)


PUBLIC = Workflow(
    status_field="state",
    capacity=capacity,
    steps=(
        Step(
            name="withdraw",
            label="Gỡ bài",
            sources=(PublicState.LIVE,),
            target=PublicState.WITHDRAWN,
            permission=WITHDRAW,
            guards=(holds_the_public_unit,),
            effects=(empty_the_page,),
            note_required=True,
            style="danger",
        ),
    ),
)


def tables() -> dict[type, Workflow]:
    """Every workflow of this room by the model it moves, for the permission list and the grid test."""
    return {Article: ARTICLE, PublishedArticle: PUBLIC}
