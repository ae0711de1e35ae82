"""The pages of a visited site in the shape that every import shares."""

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from articles.bulk.crawled.pages import PageRule, name_of, read_page
from articles.bulk.crawled.visiting import Visitor
from articles.bulk.old_site.posts import OldPost, OldSite
from articles.bulk.old_site.report import ImportReport
from articles.bulk.old_site.webpage import open_webpage


@dataclass(frozen=True)
class Crawl:
    """One run over these addresses. Pages in `known` (`name_of`) are here already and not visited again.

    At most `pages` are visited and none begun after `seconds`; the report says what is left for the next run.
    """

    visitor: Visitor
    addresses: list[str]
    rule: PageRule
    known: Collection[str]
    seconds: float
    pages: int
    report: ImportReport

    def site(self) -> OldSite:
        """Returns the site for the import."""
        return OldSite(self.visitor.host, len(self.addresses), 0, self._posts, open_webpage)

    def _posts(self) -> Iterator[OldPost]:
        until, visited = time.monotonic() + self.seconds, 0
        for place, address in enumerate(self.addresses):
            if (name := name_of(address)) in self.known:
                yield OldPost(name=name, title="(đã nhập)", link=address, content="")
                continue
            if visited >= self.pages or time.monotonic() > until:
                left = f"còn {len(self.addresses) - place} trang"
                self.report.leave("Dừng vì hết giờ hoặc đủ số trang; chạy lại để làm tiếp", left)
                return
            visited += 1
            if raw := self.visitor.visit(address):
                yield read_page(raw, address, self.rule)
