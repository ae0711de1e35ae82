"""The register as readers see it: grouped by decision, newest first."""

from dataclasses import dataclass

from django.db.models import F, Prefetch, Window
from django.db.models.functions import RowNumber
from django.http import QueryDict

from awards.counting import Counts, counts_of, phrase
from awards.filters import Filters
from awards.models import Commendation, Decision
from awards.querysets import DecisionQuerySet
from documents.models import OfficialDocument
from events.models import Event
from language.binding import bind
from paging.keyset import Page, read_page

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
    def is_part(self) -> bool:
        return len(self.rows) < self.counted.total

    @property
    def phrase(self) -> str:
        return bind(phrase(self.counted, ", "))


def with_links(decisions: DecisionQuerySet) -> DecisionQuerySet:
    """Decisions whose event and document are None unless these are public themselves."""
    return decisions.select_related("issuer", "school_year").prefetch_related(
        Prefetch("event", Event.objects.public()), Prefetch("document", OfficialDocument.objects.public())
    )


def list_groups(filters: Filters, asked: QueryDict) -> tuple[Page, list[Group]]:
    """One page of decisions with their first rows; as many queries on the last page as on the first."""
    rows = with_links(filters.decisions())
    page = read_page(rows, "signed_on", asked, DECISIONS_A_PAGE, whole=Decision.objects.public())
    rows, counted = _first_rows(filters, page.items), counts_of(page.items)
    return page, [Group(decision, rows[decision.pk], counted[decision.pk]) for decision in page.items]


def totals(filters: Filters) -> dict[str, int]:
    """“11 kết quả trong 2 quyết định”; past `COUNTED` rows nothing is counted, and no decisions are named."""
    rows = list(filters.rows.order_by().values_list("decision", flat=True)[: COUNTED + 1])
    if len(rows) > COUNTED:
        return {"rows": COUNTED}
    return {"rows": len(rows), "decisions": len(set(rows))}


def _first_rows(filters: Filters, decisions: list[Decision]) -> dict[int, list[Commendation]]:
    by_key = {decision.pk: decision for decision in decisions}
    order = [F("recipient_kind").asc(), F("position").asc(), F("pk").asc()]
    place = Window(RowNumber(), partition_by="decision_id", order_by=order)
    rows = filters.rows.filter(decision__in=by_key).annotate(place=place)
    found: dict[int, list[Commendation]] = {key: [] for key in by_key}
    for row in rows.filter(place__lte=ROWS_A_DECISION).select_related("award_kind"):
        row.decision = by_key[row.decision_id]
        found[row.decision_id].append(row)
    return found
