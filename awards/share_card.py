"""The share picture of a decision; it says when the whole decision was revoked."""

from awards.models import Decision
from foundation.sharecards.card import Card


def card_of(decision: Decision, *, annulled: bool) -> Card:
    """Returns the share picture's content; `annulled` when every row was revoked."""
    said = f"Quyết định khen thưởng {decision.number}"
    kicker = f"Đã hủy bỏ · {said}" if annulled else said
    return Card(place_of(decision), "awards:decision_share", decision.summary or said, kicker)


def place_of(decision: Decision) -> str:
    """Returns the place of a decision's share picture, as `Card.place`."""
    return f"khen-thuong/{decision.slug}"
