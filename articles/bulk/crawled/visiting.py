"""Asks the old site for pages: only the host the operator named, only what robots.txt allows, slowly.

Built on `old_site.fetching`: public IP addresses alone, redirects checked, no cookies, bytes and time
limited.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from articles.bulk.old_site.fetching import FetchRefused, fetch
from articles.bulk.old_site.posts import NotReadable

AGENT = "newsroom-import"
LARGEST_PAUSE = 30.0  # seconds; a longer Crawl-delay is not obeyed by waiting longer


@dataclass
class Visitor:
    """Visits pages of one site. `pause` is the least time between two requests, in seconds."""

    base: str
    pause: float = 1.0
    get: Callable[..., bytes] = fetch
    sleep: Callable[[float], None] = time.sleep
    refused: dict[str, str] = field(default_factory=dict)  # reason by address
    _rules: RobotFileParser = field(default_factory=RobotFileParser)
    _last: float = 0.0

    @property
    def host(self) -> str:
        """The machine that is asked, “host” or “host:port”."""
        return urlsplit(self.base).netloc.lower()

    def begin(self) -> list[str]:
        """Read robots.txt. Returns the sitemaps it names. Raises NotReadable when it cannot be asked."""
        address = urljoin(self.base, "/robots.txt")
        try:
            said = self._fetched(address).decode("utf-8", "replace")
        except FetchRefused as refusal:
            if "404" not in str(refusal) and "410" not in str(refusal):
                raise NotReadable(
                    f"Không đọc được {address} ({refusal}), nên không vào trang cũ."
                ) from refusal
            said = ""
        self._rules.parse(said.splitlines())
        delay = self._rules.crawl_delay(AGENT)
        self.pause = max(self.pause, min(float(delay or 0), LARGEST_PAUSE))
        return [one for one in self._rules.site_maps() or [] if self.is_here(one)]

    def is_here(self, address: str) -> bool:
        """Whether the address is on the site's own host."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and parts.netloc.lower() == self.host

    def visit(self, address: str) -> bytes | None:
        """Returns the page; None, with the reason in `refused`, when it may not or cannot be had."""
        if not self.is_here(address):
            self.refused[address] = "không thuộc máy đã nêu"
        elif not self._rules.can_fetch(AGENT, address):
            self.refused[address] = "robots.txt không cho vào"
        else:
            try:
                return self._fetched(address)
            except FetchRefused as refusal:
                self.refused[address] = str(refusal)
        return None

    def _fetched(self, address: str) -> bytes:
        wait = self._last + self.pause - time.monotonic()
        if wait > 0 and self._last:
            self.sleep(wait)
        try:
            return self.get(address, (self.host,))
        finally:
            self._last = time.monotonic()
