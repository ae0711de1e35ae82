"""Replaces links between posts of the old site by their addresses here."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape, unescape
from urllib.parse import urlsplit

from django.db.models import Q

from articles.public.old_addresses import homes_of, names_of

_LINK = re.compile(r'(?<=<a href=")[^"]{1,2000}(?=")')  # as `clean_body` leaves them


class Links:
    """The links of one run. Imported pages are found by old address; coming ones are announced
    by `expect`.
    """

    def __init__(self, host: str):
        """`host` is the site's name in `ImportedStory.origin`."""
        self.host = host
        name = host.partition("/")[0].removeprefix("www.")
        self._names = {name, f"www.{name}"}
        self._coming: tuple[dict[str, str], ...] = ({}, {})

    def expect(self, addresses: Iterable[tuple[str, str]]) -> None:
        """Announce the next batch as (old address key, new address).

        Batches are written in order, so a link may lead to this batch or the one before: both exist when it
        is written.
        """
        coming: dict[str, str] = {}
        for path, home in addresses:
            coming.setdefault(path, home)
        self._coming = (self._coming[-1], coming)

    def led(self, bodies: Sequence[str], *, only_here: bool = False) -> list[str]:
        """Returns the bodies with known links to the old site's posts and categories replaced.

        With `only_here`, only by addresses that exist now, for text written before the current batch.
        """
        asked = {address for body in bodies for address in self.to_the_old_site(body)}
        homes = self._homes(asked, only_here=only_here) if asked else {}

        def home(found: re.Match[str]) -> str:
            address, _, fragment = unescape(found[0]).partition("#")
            here = homes.get(address) if self._is_of_the_site(address) else None
            return escape(f"{here}#{fragment}" if fragment else here) if here else found[0]

        return [_LINK.sub(home, body) if homes else body for body in bodies]

    def to_the_old_site(self, body: str) -> Iterator[str]:
        """Yields the old site's addresses in the body, without fragments, pictures and files."""
        for href in _LINK.findall(body):
            address = unescape(href).partition("#")[0]
            if self._is_of_the_site(address) and "uploads/" not in address:
                yield address

    def names_it(self, field: str) -> Q:
        """Returns the condition for rows whose text may link to the old site, by host or from the root."""
        asked = Q(**{f"{field}__contains": '<a href="/'})
        for name in self._names:
            asked |= Q(**{f"{field}__contains": f"//{name}"})
        return asked

    def is_whole(self, address: str) -> bool:
        """Whether the address names the old host."""
        return "//" in address

    def _is_of_the_site(self, address: str) -> bool:
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        if not parts.netloc:
            return not parts.scheme and parts.path.startswith("/")
        port = (":80", ":443")
        name = parts.netloc.lower()
        return name.removesuffix(port[0]).removesuffix(port[1]) in self._names

    def _homes(self, addresses: set[str], *, only_here: bool) -> dict[str, str]:
        homes = homes_of(addresses)
        if only_here:
            return homes
        for address in addresses - homes.keys():
            here = (some[name] for name in names_of(address) for some in self._coming if name in some)
            if home := next(here, ""):
                homes[address] = home
        return homes
