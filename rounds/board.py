"""The screening board of a round: every nominee with its unit, figures, evidence and concerns.

The number of queries does not depend on the number of nominees.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from awards.enums import RecipientKind
from foundation.language.searching import search_words
from rounds.concerns import Concern, concerns_of
from rounds.council import award_of
from rounds.drafting import chosen_of
from rounds.enums import NomineeStatus, ProposalStatus
from rounds.evidence import Choice, Figures, figures_of, links_of
from rounds.models import Nominee, Proposal, Round
from rounds.querysets import UNSENT

IN_A_LANE = 6
LANES = (
    ("bo-sung", "Chờ đơn vị bổ sung"),
    ("tham-dinh", "Thẩm định"),
    ("hoi-dong", "Trình hội đồng"),
    ("duoc-chon", "Được chọn"),
    ("khong", "Không chọn"),
)


@dataclass(frozen=True)
class Card:
    """One nominee as the board shows it."""

    nominee: Nominee
    lane: str
    concerns: list[Concern]
    figures: Figures
    evidence: list[Choice]

    @property
    def is_waiting(self) -> bool:
        return self.lane == "tham-dinh" and self.nominee.status == NomineeStatus.PROPOSED

    @property
    def votes(self) -> str:
        """“8 đồng ý, 1 không”; empty without a vote."""
        if self.nominee.votes_for is None:
            return ""
        return f"{self.nominee.votes_for} đồng ý, {self.nominee.votes_against} không"


class Board:
    """What was sent to a round; `asked` are the parameters of the address."""

    def __init__(self, round_: Round, asked: Mapping[str, str]):
        self.round, self.asked = round_, asked

    @cached_property
    def cards(self) -> list[Card]:
        """All nominees that were sent, collectives first, by unit."""
        rows = Nominee.objects.filter(proposal__round=self.round)
        rows = rows.exclude(proposal__status__in=(*UNSENT, ProposalStatus.WITHDRAWN))
        rows = rows.select_related(
            "proposal__round", "proposal__department", "award_kind", "department", "session"
        )
        nominees = list(rows.order_by("recipient_kind", "proposal__department__sort_key", "position", "pk"))
        for nominee in nominees:  # one round, whose awards are read once
            nominee.proposal.round = self.round
        concerns, figures = concerns_of(nominees, self.round), figures_of(nominees, self.round)
        links = links_of(nominees)
        return [
            Card(one, lane_of(one), concerns[one.pk], figures[one.pk], links.get(one.pk, []))
            for one in nominees
        ]

    @property
    def shown(self) -> list[Card]:
        """The cards of the table: those of the chosen facet and words."""
        facet, words = self.asked.get("loc", ""), search_words(self.asked.get("q", ""))
        return [
            card
            for card in self.cards
            if _belongs(card, facet) and all(word in card.nominee.search_key for word in words)
        ]

    @property
    def facets(self) -> list[dict[str, Any]]:
        """The links above the table, each with its count."""
        lanes = [lane for lane in LANES if lane[0] != "hoi-dong" or self.has_council]
        labels = (("", "Cả đợt"), ("tt", "Tập thể"), ("cn", "Cá nhân"), ("hoi", "Cần xem"), *lanes)
        now = self.asked.get("loc", "")
        return [
            {
                "key": key,
                "label": label,
                "count": sum(_belongs(card, key) for card in self.cards),
                "is_now": key == now,
            }
            for key, label in labels
        ]

    @property
    def lanes(self) -> list[dict[str, Any]]:
        """The columns: how many stand there, the first cards, how many more."""
        found = []
        for key, label in LANES:
            if key == "hoi-dong" and not self.has_council:
                continue
            cards = [card for card in self.cards if card.lane == key]
            found.append({"key": key, "label": label, "count": len(cards), "cards": cards[:IN_A_LANE]})
        return found

    @cached_property
    def units_without(self) -> int:
        """How many units have begun a proposal and not sent it: the board tells a number, not names."""
        return Proposal.objects.filter(round=self.round, status__in=UNSENT).count()

    @cached_property
    def waiting(self) -> int:
        return sum(card.is_waiting for card in self.cards)

    @cached_property
    def chosen(self) -> int:
        return len(chosen_of(self.round))

    @cached_property
    def has_council(self) -> bool:
        return any(award.needs_council for award in self.round.awards.all())


def lane_of(nominee: Nominee) -> str:
    """Return the column in which a nominee stands."""
    if nominee.status in (NomineeStatus.DECLINED, NomineeStatus.NOT_PASSED):
        return "khong"
    if nominee.status == NomineeStatus.ENTERED and nominee.commendation_id is None:
        return "tham-dinh"  # taken out of the draft: to be looked at again
    if nominee.status in (NomineeStatus.PASSED, NomineeStatus.ENTERED):
        return "duoc-chon"
    if nominee.proposal.status != ProposalStatus.SUBMITTED:
        return "bo-sung"
    if nominee.status == NomineeStatus.PROPOSED:
        return "tham-dinh"
    award = award_of(nominee)
    return "hoi-dong" if award and award.needs_council else "duoc-chon"


def _belongs(card: Card, facet: str) -> bool:
    if facet in ("tt", "cn"):
        kind = RecipientKind.COLLECTIVE if facet == "tt" else RecipientKind.INDIVIDUAL
        return card.nominee.recipient_kind == kind
    if facet == "hoi":
        return bool(card.concerns) and card.is_waiting
    return not facet or card.lane == facet
