"""The picture under which a decision is shared; one that was revoked whole says so."""

from django.urls import reverse

from awards.models import Decision
from sharecards.card import Card


def card_of(decision: Decision, *, annulled: bool) -> Card:
    said = f"Quyết định khen thưởng {decision.number}"
    kicker = f"Đã hủy bỏ · {said}" if annulled else said
    return Card(f"khen-thuong/{decision.slug}", decision.summary or said, kicker)


def path_of(decision: Decision, card: Card) -> str:
    return reverse("awards:decision_share", args=[decision.slug, card.key])
