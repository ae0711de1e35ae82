"""The picture under which a decision is shared; one that was revoked whole says so."""

from django.urls import reverse

from awards.models import Decision
from foundation.sharecards import pictures
from foundation.sharecards.card import Card


def card_of(decision: Decision, *, annulled: bool) -> Card:
    said = f"Quyết định khen thưởng {decision.number}"
    kicker = f"Đã hủy bỏ · {said}" if annulled else said
    return Card(_place(decision), decision.summary or said, kicker)


def path_of(decision: Decision, card: Card) -> str:
    return reverse("awards:decision_share", args=[decision.slug, card.key])


def forget(decision: Decision) -> None:
    """Remove the kept pictures of a decision that is no longer shown, or not with these words."""
    pictures.forget(_place(decision))


def _place(decision: Decision) -> str:
    return f"khen-thuong/{decision.slug}"
