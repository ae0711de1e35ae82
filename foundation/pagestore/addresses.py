"""Map a request to a file name: from its path, its known parameters and the reader's display settings."""

import re
from urllib.parse import parse_qsl

# Parameters that social networks and messengers add to a link; they change nothing on the page.
TRACKING = re.compile(r"(?:^|&)(?:utm_\w+|fbclid|gclid|zarsrc|zalo_\w+)=[^&]*")
# What a form sends of a field that nobody filled in.
_EMPTY = re.compile(r"(?:^|&)[a-z0-9][a-z0-9_-]{0,39}=(?=&|$)")
_PATH = re.compile(r"/(?:[a-z0-9][a-z0-9_.-]*/)*(?:[a-z0-9][a-z0-9_.-]*)?")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_VALUE = re.compile(r"[a-z0-9_-]{1,40}")
_DISPLAY = re.compile(r"(?:^|;\s*)hien-thi=((?:vua|lon|rat-lon)\.(?:may|sang|toi))(?:;|$)")
USUAL = "vua.may"
LONGEST = 300


def variant_of(cookies: str) -> str:
    """Return the reader's text size and colours, such as “lon.toi”, from the Cookie header.

    The only reader of this cookie: pages are drawn and kept by its answer, and nginx's map says the same.
    Anything but one of the nine values, written plainly, is the default display.
    """
    found = _DISPLAY.search(cookies)
    return found[1] if found else USUAL


def without_tracking(query: str) -> str:
    """Return the query string without tracking parameters."""
    return TRACKING.sub("", query).lstrip("&")


def query_asked(query: str) -> str:
    """Return the query without what changes no page: tracking parameters, empty ones of plain names."""
    return _EMPTY.sub("", without_tracking(query)).lstrip("&")


def file_of(path: str, query: str, variant: str) -> str | None:
    """Return the file name in the store, such as `vua.may/su-kien/index.html.gz`; None if not cacheable.

    Addresses come from strangers, so only simple ones become file names. Only an address that ends with a
    slash is a page for people; other answers do not depend on the display settings.
    """
    if len(path) > LONGEST or not _PATH.fullmatch(path) or ".." in path:
        return None
    named = ""
    if query:
        pairs = parse_qsl(query, keep_blank_values=True)
        if len(pairs) != 1 or not _NAME.fullmatch(pairs[0][0]) or not _VALUE.fullmatch(pairs[0][1]):
            return None
        named = f"@{pairs[0][0]}={pairs[0][1]}"
    if path.endswith("/"):
        return f"{variant}{path}index{named}.html.gz"
    return f"{USUAL}{path}{named}.gz"
