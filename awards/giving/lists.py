"""The lists of a decision: in which order it is called, what is paid to whom, what each unit is told."""

from dataclasses import dataclass

from awards.models import Commendation, Decision
from awards.paper.subject import GIAY_KHEN
from awards.paper.words import signing_lines
from awards.rewards import RewardTable
from departments.naming import name_on
from foundation.language.dates import format_date
from foundation.language.numbers import format_number
from foundation.language.spoken import say_dong
from foundation.language.vietnamese import sort_key
from press.lists import Column, Page
from press.sheets import sheets_of

CALLED = ("STT", "Họ tên, tập thể", "Chức vụ, lớp", "Đơn vị", "Hình thức", "Vào sổ số")
PAID = ("STT", "Họ tên, tập thể", "Đơn vị", "Hình thức", "Số tiền (đồng)", "Cách tính", "Ký nhận")
_FIGURES = ("STT", "Số tiền (đồng)")
_LETTER = (
    Column("STT", 0.4, "right"),
    Column("Họ tên, tập thể", 2),
    Column("Chức vụ, lớp"),
    Column("Hình thức"),
)


@dataclass(frozen=True)
class Payment:
    """What one recipient gets, how it is computed, and what is still to be said about it."""

    row: Commendation
    amount: int
    base: str
    doubt: str = ""


def called(decision: Decision) -> list[list[str]]:
    """Return the rows of the master of ceremonies, with the words of the sheets, in calling order."""
    rows = []
    for number, sheet in enumerate(sheets_of(GIAY_KHEN, decision), 1):
        words = {key: text.replace("\n", " ") for key, text in (sheet.words | sheet.own).items()}
        name = f"{words['cach_goi']} {words['ten']}".strip()
        rest = (words["chuc_vu"], words["don_vi"], words["hinh_thuc"], words["so_vao_so"])
        rows.append([str(number), name, *rest])
    return rows


def payments(decision: Decision) -> list[Payment]:
    """Return what is paid by this decision; nothing for an annulled row or one without a sum."""
    table = RewardTable()
    rows = decision.commendations.unrevoked().select_related("award_kind")
    return [_payment(row, decision, table) for row in rows if row.reward_amount]


def _payment(row: Commendation, decision: Decision, table: RewardTable) -> Payment:
    amount = row.reward_amount or 0
    rule = table.suggest(row.award_kind, row.recipient_kind, decision.signed_on)
    if rule is not None and rule.amount == amount:
        return Payment(row, amount, rule.words)
    usual = f"Mức quy định {format_number(rule.amount)}" if rule else "Chưa có mức quy định"
    doubt = "" if row.reward_reason else f"{usual}; chưa ghi lý do khác."
    return Payment(row, amount, row.reward_reason or usual, doubt)


def paid_rows(paid: list[Payment]) -> list[list[str]]:
    """Return the rows of the payment list."""
    return [
        [
            str(number),
            ", ".join(filter(None, (one.row.recipient_name, one.row.recipient_title))),
            one.row.unit_name,
            one.row.award_kind.name,
            format_number(one.amount),
            one.base,
            "",
        ]
        for number, one in enumerate(paid, 1)
    ]


def total_words(paid: list[Payment]) -> str:
    total = sum(one.amount for one in paid)
    return f"Tổng cộng: {format_number(total, unit='dong')}. Bằng chữ: {say_dong(total).lower()}."


def payment_page(decision: Decision) -> Page:
    """Return the payment list to be signed on paper."""
    paid = payments(decision)
    return Page(
        office=_office(decision),
        title="DANH SÁCH CHI TIỀN THƯỞNG",
        subtitle=f"Kèm theo Quyết định số {decision.number} ngày {format_date(decision.signed_on, 'so')}",
        columns=[
            Column(label, width, "right" if label in _FIGURES else "left")
            for label, width in zip(PAID, (0.5, 2.4, 2, 1, 1.1, 2.6, 1.2), strict=True)
        ],
        rows=paid_rows(paid),
        after=[total_words(paid)],
        signers=["Người lập", "Kế toán", "Thủ trưởng đơn vị"],
        wide=True,
    )


def calling_page(decision: Decision) -> Page:
    """Return the list from which the master of ceremonies reads."""
    widths = (0.5, 2.6, 1.6, 2.4, 1.1, 0.8)
    return Page(
        office=_office(decision),
        title="DANH SÁCH TRAO KHEN THƯỞNG",
        subtitle=f"Theo thứ tự xướng tên; Quyết định số {decision.number}",
        columns=[Column(label, width) for label, width in zip(CALLED, widths, strict=True)],
        rows=called(decision),
        wide=True,
    )


def letter_pages(decision: Decision) -> list[Page]:
    """Return a letter for each unit that has somebody commended, units in alphabetical order."""
    of_unit: dict[str, list[Commendation]] = {}
    for row in decision.commendations.unrevoked().select_related("award_kind"):
        of_unit.setdefault(_unit_of(row), []).append(row)
    return [_letter(decision, unit, of_unit[unit]) for unit in sorted(of_unit, key=sort_key)]


def _unit_of(row: Commendation) -> str:
    """Return to whom the letter goes: the unit as on the paper; a whole unit gets its own."""
    return row.unit_name or row.recipient_name


def _letter(decision: Decision, unit: str, rows: list[Commendation]) -> Page:
    issuer = name_on(decision.issuer, decision.signed_on)
    day = format_date(decision.signed_on, "so")
    names = [
        [str(number), row.recipient_name, row.recipient_title, row.award_kind.name]
        for number, row in enumerate(rows, 1)
    ]
    return Page(
        office=_office(decision),
        title="THÔNG BÁO KHEN THƯỞNG",
        subtitle="Bản thể hiện, chưa có chữ ký và con dấu",
        before=[
            f"Kính gửi: {unit}.",
            f"{issuer} trân trọng thông báo: theo Quyết định số {decision.number} ngày {day}, các tập thể, "
            f"cá nhân sau đây của đơn vị được khen: {decision.summary}.",
        ],
        columns=list(_LETTER),
        rows=names,
        after=[*_ceremony(decision), "Đề nghị đơn vị thông báo đến tập thể, cá nhân được khen."],
        signers=["", signing_lines(decision).replace("\n", " – ")],
    )


def _ceremony(decision: Decision) -> list[str]:
    event = decision.event
    if event is None:
        return []
    when = event.starts_at
    place = f", tại {event.place_name}" if event.place_name else ""
    return [f"Lễ trao: {event.title}, ngày {format_date(when, 'so')}{place}."]


def _office(decision: Decision) -> str:
    return name_on(decision.issuer, decision.signed_on).upper()


def paid_total(paid: list[Payment]) -> str:
    return format_number(sum(one.amount for one in paid))
