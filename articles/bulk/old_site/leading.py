"""Replaces, at the end of an import, links to posts that were imported after the story that links to them."""

from collections.abc import Callable
from itertools import batched
from typing import Any

from approvals.engine import StepRefused
from articles.approval.freezing import FROZEN
from articles.bulk.old_site.adding import LINKS, is_untouched, put_into_story
from articles.bulk.old_site.links import Links
from articles.bulk.old_site.report import ImportReport
from articles.models import Article, ImportedStory

_AT_ONCE = 250


def lead_the_rest(links: Links, *, by: Any, report: ImportReport, note: Callable[[str], str]) -> None:
    """Replace the old links in all stories imported from the site, also by earlier runs.

    It searches the database, so a run completes what a stopped run or another file left. `note` returns the
    log's note for a post's address.
    """
    brought = ImportedStory.objects.filter(origin__startswith=f"{links.host}#")
    linking = brought.filter(links.names_it("article__body")).order_by("pk").values_list("pk", flat=True)
    for some in batched(list(linking), _AT_ONCE, strict=False):
        rows = brought.filter(pk__in=some).values_list("article", "address", "article__body")
        found = list(rows.order_by("pk"))
        for (pk, address, body), led in zip(found, links.led([row[2] for row in found]), strict=True):
            if led == body:
                pass
            elif refused := _refused(pk, led, by=by, note=note(address)):
                report.leave("Liên kết nay có chỗ mới nhưng không tự sửa", f"{address}: {refused}")
            else:
                report.counts["linked"] += 1
            for left in filter(links.is_whole, links.to_the_old_site(led)):
                report.leave("Liên kết còn dẫn tới trang cũ", f"{left} – {address}")


def _refused(pk: int, body: str, *, by: Any, note: str) -> str:
    """Puts the links into the story. Returns why that was not possible, or ""."""
    article = Article.objects.select_related(*FROZEN, "approved_revision").get(pk=pk)
    if not is_untouched(article):
        return "bài đã đổi từ lần nhập trước"
    try:
        put_into_story(LINKS, article, body, by=by, note=note)
    except StepRefused as refusal:
        return refusal.message
    return ""
