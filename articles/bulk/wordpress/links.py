"""Links from one post of the old site to another, led to where that one stands here."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape, unescape
from urllib.parse import urlsplit

from django.db.models import Q

from articles.public.old_addresses import UPLOADS, homes_of, names_of

_LINK = re.compile(r'(?<=<a href=")[^"]{1,2000}(?=")')  # as `clean_body` leaves them


class Links:
    """Of one run. What is here is found by its old address; of what is on its way `expect` was told."""

    def __init__(self, host: str):
        """`host`: the site as its posts are numbered by."""
        self.host = host
        name = host.partition("/")[0].removeprefix("www.")
        self._names = {name, f"www.{name}"}
        self._coming: tuple[dict[str, str], ...] = ({}, {})

    def expect(self, addresses: Iterable[tuple[str, str]]) -> None:
        """Old addresses (as keys) of the next batch and where its stories will stand.

        Batches are written in their order: what leads to the one before, or into its own, leads nowhere
        that will not be there.
        """
        coming: dict[str, str] = {}
        for path, home in addresses:
            coming.setdefault(path, home)
        self._coming = (self._coming[-1], coming)

    def led(self, bodies: Sequence[str], *, only_here: bool = False) -> list[str]:
        """The bodies with their links to posts and categories of the old site leading here, where known.

        `only_here`: to what readers find now, for words that are not written behind what is on its way.
        """
        asked = {address for body in bodies for address in self.to_the_old_site(body)}
        homes = self._homes(asked, only_here=only_here) if asked else {}

        def home(found: re.Match[str]) -> str:
            address, _, fragment = unescape(found[0]).partition("#")
            here = homes.get(address) if self._is_of_the_site(address) else None
            return escape(f"{here}#{fragment}" if fragment else here) if here else found[0]

        return [_LINK.sub(home, body) if homes else body for body in bodies]

    def to_the_old_site(self, body: str) -> Iterator[str]:
        """Addresses the body links to that the old site answered, without fragments; no pictures or files."""
        for href in _LINK.findall(body):
            address = unescape(href).partition("#")[0]
            if self._is_of_the_site(address) and UPLOADS not in address:
                yield address

    def names_it(self, field: str) -> Q:
        """Rows whose text may link to the old site, whole or from its root."""
        asked = Q(**{f"{field}__contains": '<a href="/'})
        for name in self._names:
            asked |= Q(**{f"{field}__contains": f"//{name}"})
        return asked

    def is_whole(self, address: str) -> bool:
        """It names the old machine: without that it would lead nowhere."""
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
