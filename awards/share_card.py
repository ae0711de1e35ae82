"""The picture under which a decision is shared; one that was revoked whole says so."""

from awards.models import Decision
from foundation.sharecards.card import Card


def card_of(decision: Decision, *, annulled: bool) -> Card:
    said = f"Quyết định khen thưởng {decision.number}"
    kicker = f"Đã hủy bỏ · {said}" if annulled else said
    return Card(place_of(decision), "awards:decision_share", decision.summary or said, kicker)


def place_of(decision: Decision) -> str:
    return f"khen-thuong/{decision.slug}"
