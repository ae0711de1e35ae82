"""The list behind “Tất cả Tin tiêu điểm”: every story that the desk ever chose for the slot."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils import timezone

from articles.models import PublishedArticle
from foundation.paging.keyset import read_page
from frontpage.enums import Slot
from frontpage.models import Placement

SIZE = 20


def focus_list(asked: QueryDict) -> dict[str, Any]:
    """Return the context of one page of the list, newest first; `asked` are the parameters of the address."""
    chosen = Placement.objects.filter(slot=Slot.FOCUS, starts_at__lte=timezone.now())
    live = PublishedArticle.objects.live().filter(Exists(chosen.filter(article=OuterRef("pk"))))
    page = read_page(live.cards(), "published_at", asked, SIZE, whole=live)
    return {"stories": page.items, "page": page}
