"""What each payee gets of a month: computed from its works and corrections, then written down for good."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max
from django.utils import timezone

from fees.enums import Measure
from fees.models import Commitment, Correction, FeeMonth, Payee, PayLine, PaySheet, Share, TaxRule
from fees.money import Held, hold_back


@dataclass
class Line:
    """One payee's payment; `held` is None while their relation to the payer is not known."""

    payee: Payee
    fees: int = 0
    encouragement: int = 0
    corrections: int = 0
    works: list[dict[str, Any]] = field(default_factory=list)
    held: Held | None = None

    @property
    def gross(self) -> int:
        return self.fees + self.encouragement + self.corrections

    @property
    def tax(self) -> int:
        return self.held.tax if self.held else 0

    @property
    def net(self) -> int:
        return self.gross - self.tax


@dataclass(frozen=True)
class Draft:
    """The lines of a month as they stand now, and the rule of the day of payment."""

    lines: list[Line]
    rule: TaxRule | None

    @property
    def gross(self) -> int:
        return sum(line.gross for line in self.lines)

    @property
    def tax(self) -> int:
        return sum(line.tax for line in self.lines)

    @property
    def net(self) -> int:
        return sum(line.net for line in self.lines)


def draft_of(month: FeeMonth) -> Draft:
    """Return what the month comes to now; makes four queries for any number of works."""
    lines: dict[int, Line] = {}
    shares = Share.objects.filter(work__month=month, work__amount__isnull=False)
    for share in shares.select_related("work__rate", "payee").order_by("work__published_at", "pk"):
        line = lines.setdefault(share.payee_id, Line(share.payee))
        line.fees += share.amount
        line.encouragement += share.encouragement
        line.works.append(work_words(share))
    corrections = Correction.objects.filter(month=month)
    for correction in corrections.select_related("share__work__month", "share__payee"):
        line = lines.setdefault(correction.share.payee_id, Line(correction.share.payee))
        line.corrections += correction.amount
        line.works.append(_correction_words(correction))
    rule = TaxRule.objects.on(month.paid_on).first()
    _hold_back(lines.values(), rule, month.paid_on)
    return Draft(sorted(lines.values(), key=lambda line: (line.payee.sort_key, line.payee.pk)), rule)


def _hold_back(lines: Iterable[Line], rule: TaxRule | None, paid_on: datetime.date) -> None:
    """Set the tax of each line: of the whole payment, by the rule and commitments of its day."""
    found = list(lines)
    forms = Commitment.objects.filter(payee__in=[line.payee for line in found], year=paid_on.year)
    signed = {form.payee_id: form.signed_on for form in forms if form.signed_on <= paid_on}
    for line in found:
        payee = line.payee
        if rule is not None and payee.relation:
            line.held = hold_back(
                line.gross,
                payee.relation,
                rule,
                committed_on=signed.get(payee.pk),
                is_asked=payee.asks_withholding,
            )


def write_sheet(month: FeeMonth, by: Any) -> PaySheet:
    """Write the month's sheet for good and return it. The caller has checked that it is complete."""
    draft = draft_of(month)
    last = month.sheets.aggregate(last=Max("number"))["last"] or 0
    sheet = PaySheet.objects.create(
        month=month,
        number=last + 1,
        paid_on=month.paid_on,
        tax_document=draft.rule.document if draft.rule else "",
        gross=draft.gross,
        tax=draft.tax,
        net=draft.net,
        made_by=by,
    )
    PayLine.objects.bulk_create((_row(sheet, line) for line in draft.lines), batch_size=200)
    return sheet


def is_as_written(month: FeeMonth) -> bool:
    """Whether the month would come to the same today: relations, commitments, rules may have changed."""
    if month.sheet is None:
        return False
    now = {(line.payee.pk, line.payee.relation, line.gross, line.tax) for line in draft_of(month).lines}
    rows = month.sheet.lines.values_list("payee_id", "relation", "gross", "tax")
    return set(rows) == now


def _row(sheet: PaySheet, line: Line) -> PayLine:
    payee = line.payee
    return PayLine(
        sheet=sheet,
        payee=payee,
        full_name=str(payee),
        unit_name=payee.unit_name,
        relation=payee.relation,
        fees=line.fees,
        encouragement=line.encouragement,
        corrections=line.corrections,
        gross=line.gross,
        tax=line.tax,
        net=line.net,
        tax_words=line.held.words if line.held else "",
        works=line.works,
        bank_name=payee.bank_name,
        tax_number_cipher=payee.tax_number_cipher,
        bank_account_cipher=payee.bank_account_cipher,
    )


def work_words(share: Share) -> dict[str, Any]:
    """Return one work as a sheet keeps it: plain values, JSON."""
    work = share.work
    counted = work.rate is not None and work.rate.measure == Measure.COEFFICIENT
    return {
        "share": share.pk,
        "title": work.title,
        "address": work.address,
        "day": timezone.localdate(work.published_at).isoformat(),
        "genre": work.rate.genre if work.rate else "",
        "coefficient": f"{work.value.normalize():f}" if counted and work.value is not None else "",
        "unit_price": work.unit_price if counted else None,
        "factor": f"{work.factor.normalize():f}" if counted and work.factor is not None else "",
        "part": share.get_part_display(),
        "percent": f"{share.percent.normalize():f}",
        "amount": share.amount,
        "encouragement": share.encouragement,
        "reason": work.encouragement_reason if share.encouragement else "",
    }


def _correction_words(line: Correction) -> dict[str, Any]:
    share = line.share
    return {
        "correction": line.pk,
        "share": share.pk,
        "title": share.work.title,
        "address": share.work.address,
        "of_month": share.work.month.first_day.isoformat(),
        "part": share.get_part_display(),
        "amount": line.amount,
        "reason": line.reason,
    }
