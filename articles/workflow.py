"""How a story moves: the editorial axis of the working copy, and the withdrawal of what is public.

Approving is about one frozen revision, named by its digest; editing the working copy afterwards
changes nothing that was submitted.
"""

from django.utils import timezone

from approvals.engine import Request, Step, StepRefused, Workflow
from articles import checks, releasing, schedule
from articles.decisions import (
    APPROVE,
    PAGE_MOVED_ON,
    SEND_BACK,
    UNDO_MINUTES,
    cancel_release,
    is_approved_already,
    last_decision,
    may_be_taken_back,
    order_another_time,
    record_approval,
    record_return,
    take_decision_back,
)
from articles.enums import PublicState, Status, Verdict
from articles.freezing import content_of, digest, freeze
from articles.models import Article, PublishedArticle
from departments.access import capacity, granting_position

WITHDRAW = "articles.withdraw_publishedarticle"


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


def is_not_in_the_bin(request: Request) -> None:
    if request.record.binned_at:
        raise StepRefused("Bài đang ở thùng rác. Hãy lấy lại trước, rồi gửi duyệt.", code="bin")


def writes_it(request: Request) -> None:
    """Only a hand of the text takes it back from the head's desk."""
    if request.actor.pk not in request.record.review_revision.editor_ids:
        raise StepRefused("Chỉ người viết bài mới thu lại được bài đang chờ duyệt.", code="own")


def is_not_embargoed(request: Request) -> None:
    """An embargo binds the head too: the words may be approved, but for a later hour."""
    embargo, due_at = request.record.embargo_until, request.data.get("due_at") or timezone.now()
    if embargo and due_at < embargo:
        raise StepRefused(
            f"Bài này không được đăng trước {timezone.localtime(embargo):%H:%M, %d/%m/%Y}. "
            "Hãy duyệt và hẹn giờ từ lúc đó.",
            code="embargo",
        )


def ends_after_it_begins(request: Request) -> None:
    begins, until = request.data.get("due_at") or timezone.now(), request.data.get("until")
    if until and until <= begins:
        raise StepRefused("Giờ hết hạn đăng phải ở sau giờ đăng.", code="until")


def just_decided_it(request: Request) -> None:
    """Whoever decided takes it back, within minutes, while nothing else has happened to the page."""
    decision = last_decision(request.record)
    if decision is None or decision.verdict in (Verdict.TAKEN_BACK, Verdict.IMPORTED):
        raise StepRefused("Bài này không có quyết định nào để rút lại.", code="undo")
    if decision.decided_by_id != request.actor.pk:
        raise StepRefused("Chỉ người đã quyết định mới rút lại được quyết định ấy.", code="own")
    if not may_be_taken_back(decision):
        raise StepRefused(
            f"Đã quá {UNDO_MINUTES} phút nên không rút lại được nữa. Bài đã đăng thì có thể gỡ; "
            "lệnh hẹn giờ thì có thể bỏ.",
            code="late",
        )
    done = decision.releases.filter(done_at__isnull=False).last()
    if done and releasing.standing(request.record.pk)["state"] != PublicState.LIVE:
        raise StepRefused(PAGE_MOVED_ON, code="stale")


def has_a_waiting_release(request: Request) -> None:
    if not schedule.of_article(request.record.pk).exists():
        raise StepRefused("Bài này không còn lệnh hẹn giờ nào đang chờ.", code="stale")


def approved_words_wait(request: Request) -> None:
    """The approved revision is not what readers see: it may be given another time."""
    shown = releasing.standing(request.record.pk)
    same = shown.get("revision_number") == request.record.approved_revision.number
    if same and shown["state"] in (PublicState.LIVE, PublicState.WITHDRAWN):
        raise StepRefused("Bản đã duyệt này đã đăng rồi; không có gì để hẹn giờ.", code="stale")


def due_at_is_given(request: Request) -> None:
    if not request.data.get("due_at"):
        raise StepRefused("Hãy chọn ngày và giờ đăng.", code="due_at")


def says_what_was_approved(request: Request) -> None:
    if not is_approved_already(request.record):
        raise StepRefused("Nội dung đang viết khác bản đã duyệt; hãy gửi duyệt.", code="differs")


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
    if article.review_revision and article.review_revision.sha256 == sha256:
        raise StepRefused("Nội dung chưa có gì khác bản đã gửi, nên không cần gửi lại.", code="same")
    if is_approved_already(article, sha256):
        raise StepRefused("Nội dung chưa có gì khác bản đã duyệt, nên không cần gửi lại.", code="same")
    revision = freeze(article, request.actor, content, checks.answers_to_freeze(findings))
    Article.objects.filter(pk=article.pk).update(review_revision=revision, submitted_at=timezone.now())


def leave_review(request: Request) -> None:
    Article.objects.filter(pk=request.record.pk).update(review_revision=None)


ARTICLE = Workflow(
    capacity=capacity,
    steps=(
        Step(
            name="submit",
            label="Gửi duyệt",
            sources=(Status.DRAFTING, Status.RETURNED, Status.IN_REVIEW, Status.APPROVED),
            target=Status.IN_REVIEW,
            permission="articles.submit_article",
            guards=(is_not_in_the_bin,),
            effects=(freeze_for_review,),
            style="primary",
        ),
        Step(
            name="approve",
            label="Duyệt, đăng ngay",
            sources=(Status.IN_REVIEW,),
            target=Status.APPROVED,
            permission=APPROVE,
            guards=(
                holds_the_unit,
                digest_is_under_review,
                is_not_their_own,
                is_not_embargoed,
                ends_after_it_begins,
            ),
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
        Step(
            name="keep_approved",
            label="Giữ bản đã duyệt",
            sources=(Status.DRAFTING, Status.IN_REVIEW, Status.RETURNED),
            target=Status.APPROVED,
            permission="articles.submit_article",
            guards=(says_what_was_approved,),
            effects=(leave_review,),
        ),
        Step(
            name="take_back",
            label="Rút lại quyết định",
            sources=(Status.APPROVED, Status.RETURNED),
            target=Status.IN_REVIEW,
            permission=APPROVE,
            guards=(holds_the_unit, just_decided_it),
            effects=(take_decision_back,),
        ),
        Step(
            name="cancel_release",
            label="Bỏ hẹn giờ",
            sources=(Status.APPROVED,),
            target=Status.APPROVED,
            permission=APPROVE,
            guards=(holds_the_unit, has_a_waiting_release),
            effects=(cancel_release,),
        ),
        Step(
            name="reschedule",
            label="Hẹn giờ khác",
            sources=(Status.APPROVED,),
            target=Status.APPROVED,
            permission=APPROVE,
            guards=(
                holds_the_unit,
                due_at_is_given,
                approved_words_wait,
                is_not_embargoed,
                ends_after_it_begins,
            ),
            effects=(order_another_time,),
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


def sending_step(article: Article) -> str:
    """The step behind “Gửi duyệt”: words that say again what was approved need no second approval."""
    says_it_again = article.status != Status.APPROVED and is_approved_already(article)
    return "keep_approved" if says_it_again else "submit"
