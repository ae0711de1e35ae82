"""The recipients of a decision on a screen of their own."""

from django.db.models import QuerySet
from django.urls import reverse

from awards.admin.rows import CommendationInline
from awards.formsets import CommendationForm, kept_in_register
from awards.models import Commendation
from records.lists.row_list import RowList


def _why_kept(rows: QuerySet[Commendation]) -> str:
    published = rows.exclude(published_at=None).first()
    return kept_in_register(published) if published else ""


def _reward(row: Commendation) -> str:
    return "; ".join(filter(None, (row.written_reward, row.reward_reason)))


def _kind(row: Commendation) -> str:
    return "Học sinh" if row.is_pupil else row.get_recipient_kind_display()


RECIPIENTS = RowList(
    slug="duoc-khen",
    accessor="commendations",
    inline=CommendationInline,
    columns=(
        ("Tập thể, cá nhân", lambda row: row.recipient_name),
        ("Đối tượng", _kind),
        ("Chức vụ, đơn vị", lambda row: row.line_under_name),
        ("Thành tích", lambda row: row.achievement or row.decision.summary),
        ("Hình thức", lambda row: str(row.award_kind)),
        ("Tiền thưởng", _reward),
        ("Mã giấy khen", lambda row: row.verify_code),
    ),
    searched=("recipient_name", "recipient_title", "unit_name", "verify_code"),
    related=("award_kind", "decision"),
    paste_url=lambda decision: reverse("admin:awards_decision_import", args=[decision.pk]),
    row_url=lambda row: reverse("admin:awards_commendation_change", args=[row.pk]),
    check=CommendationForm.check_alone,
    why_kept=_why_kept,
)
