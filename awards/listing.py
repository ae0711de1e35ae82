"""The public register, grouped by decision, newest first."""

import hashlib
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Model, Q, Window
from django.db.models.functions import RowNumber
from django.http import QueryDict

from approvals.enums import RecordStatus
from awards.counting import Counts, counts_of, phrase
from awards.enums import RecipientKind
from awards.filters import Filters
from awards.models import Commendation, Decision
from awards.querysets import CommendationQuerySet, DecisionQuerySet
from foundation.exporting import files as exporting
from foundation.language.binding import bind
from foundation.pagestore.parts import part
from foundation.paging.keyset import KEYS, Page, read_page

# Cache tags of the rooms that the register shows.
ROOMS = ("awards", "units", "events", "documents")
DECISIONS_A_PAGE = 10
COUNTED = 200
ROWS_A_DECISION = 10


@dataclass(frozen=True)
class Group:
    """One decision with the rows shown here, which may be fewer than it has."""

    decision: Decision
    rows: list[Commendation]
    counted: Counts

    @property
    def key(self) -> bytes:
        """A digest of all values shown: groups with equal keys are drawn equally."""
        named = (self.decision.event, self.decision.document)
        rows = [(_fields(row), row.award_kind.name, row.unit_url) for row in self.rows]
        said = (_fields(self.decision), [record and _fields(record) for record in named], rows, self.counted)
        return hashlib.blake2b(pickle.dumps(said)).digest()

    @property
    def is_part(self) -> bool:
        return len(self.rows) < self.counted.total

    @property
    def phrase(self) -> str:
        return bind(phrase(self.counted, ", "))


def _fields(record: Model) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if not name.startswith("_")}


def with_links(decisions: DecisionQuerySet) -> DecisionQuerySet:
    """Adds the linked records, which `only_public` then checks."""
    return decisions.select_related("issuer", "school_year", "event", "document")


def only_public(decision: Decision) -> Decision:
    """Sets the decision's event and document to None unless they are public. Returns the decision."""
    for name in ("event", "document"):
        record = getattr(decision, name)
        if record is not None and record.status != RecordStatus.PUBLIC:
            setattr(decision, name, None)
    return decision


def list_groups(filters: Filters, asked: QueryDict) -> tuple[Page, list[Group]]:
    """Returns one page of decisions with their first rows. Later pages make no more queries
    than the first.
    """
    if filters.narrowed or any(asked.get(name) for name in KEYS):
        return _list_groups(filters, asked)
    return part("newest decisions", ROOMS, lambda: _list_groups(filters, QueryDict()))


def _list_groups(filters: Filters, asked: QueryDict) -> tuple[Page, list[Group]]:
    rows = with_links(filters.decisions())
    page = read_page(rows, "signed_on", asked, DECISIONS_A_PAGE, whole=Decision.objects.public())
    rows = _first_rows(filters, page.items)
    counted = counts_of(page.items) if filters.narrowed else {key: _counted(rows[key]) for key in rows}
    return page, [Group(only_public(d), rows[d.pk], counted[d.pk]) for d in page.items]


def totals(filters: Filters) -> dict[str, int]:
    """Returns {"rows", "decisions"} of the filtered register; only "rows" when there are more
    than COUNTED.
    """
    return _totals(filters) if filters.narrowed else part("totals", ["awards"], lambda: _totals(filters))


def _totals(filters: Filters) -> dict[str, int]:
    rows = list(filters.rows.order_by().values_list("decision", flat=True)[: COUNTED + 1])
    if len(rows) > COUNTED:
        return {"rows": COUNTED}
    return {"rows": len(rows), "decisions": len(set(rows))}


def _first_rows(filters: Filters, decisions: list[Decision]) -> dict[int, list[Commendation]]:
    """Each row also has its decision's counts of rows that pass the filters."""
    by_key = {decision.pk: decision for decision in decisions}
    order = [F("recipient_kind").asc(), F("position").asc(), F("pk").asc()]
    place = Window(RowNumber(), partition_by="decision_id", order_by=order)
    rows = filters.rows.filter(decision__in=by_key).annotate(
        place=place, collectives=_number_of(RecipientKind.COLLECTIVE), all=_number_of(*RecipientKind)
    )
    found: dict[int, list[Commendation]] = {key: [] for key in by_key}
    for row in rows.filter(place__lte=ROWS_A_DECISION).select_related("award_kind"):
        row.decision = by_key[row.decision_id]
        found[row.decision_id].append(row)
    return found


def _number_of(*kinds: str) -> Window:
    return Window(Count("pk", filter=Q(recipient_kind__in=kinds)), partition_by="decision_id")


def _counted(rows: list[Commendation]) -> Counts:
    return Counts(rows[0].collectives, rows[0].all - rows[0].collectives) if rows else Counts()


# --- the register as comma-separated values -------------------------------------------------------------

HEADINGS = (
    "Số quyết định",
    "Ngày ký",
    "Cơ quan quyết định",
    "Hình thức",
    "Đối tượng",
    "Tập thể, cá nhân",
    "Chức vụ hoặc lớp",
    "Đơn vị",
    "Thành tích",
    "Mã giấy khen",
    "Tình trạng",
)


def csv_lines(rows: CommendationQuerySet) -> Iterator[str]:
    """Yields the lines of the file, newest decision first. Rows are read in chunks."""
    order = ("-decision__signed_on", "-decision", "recipient_kind", "position", "pk")
    found = rows.select_related("decision__issuer", "award_kind").order_by(*order)
    return exporting.csv_lines(HEADINGS, map(_cells, found.iterator(chunk_size=500)))


def _cells(row: Commendation) -> tuple[str, ...]:
    decision = row.decision
    return (
        decision.number,
        f"{decision.signed_on:%d/%m/%Y}",
        decision.issuer.name,
        row.award_kind.name,
        row.get_recipient_kind_display(),
        row.public_name,
        row.recipient_title,
        row.unit_name,
        row.public_achievement,
        row.verify_code,
        _revocation_words(row),
    )


def _revocation_words(row: Commendation) -> str:
    if row.revoked_on is None:
        return "Còn hiệu lực"
    return f"Đã thu hồi theo quyết định {row.revocation_number}, {row.revoked_on:%d/%m/%Y}"
