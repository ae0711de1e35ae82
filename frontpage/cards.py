"""The top story of the front page: its card and more."""

from typing import Any

from approvals.enums import RecordStatus
from articles.models import PublishedArticle
from awards.counting import Counts, counts, phrase
from awards.models import Decision
from foundation.pagestore.parts import part


def top_card(page: PublishedArticle) -> dict[str, Any]:
    """Return the card, its caption and links to read on; the page may be one that is not public yet."""
    more = {"caption": (page.photo or {}).get("caption", "")}
    if page.event and page.event.status == RecordStatus.PUBLIC:
        more["event_url"] = page.event.get_absolute_url()
    decision = page.commendation_decision
    if decision and decision.status == RecordStatus.PUBLIC and (counted := _standing(decision)).total:
        more["decision_url"] = decision.get_absolute_url()
        more["decision_counts"] = phrase(counted, ", ")
    return page.card | more


def _standing(decision: Decision) -> Counts:
    """Return how many the decision commends, without those that a later one has revoked."""
    return part(f"unrevoked {decision.pk}", ["awards"], lambda: counts(decision, only_unrevoked=True))
