"""Under which file a request's page is kept: its path, its few known parameters, the reader's display."""

import re
from urllib.parse import parse_qsl

# What social networks and messengers hang on to a link; it changes nothing on the page.
TRACKING = re.compile(r"(?:^|&)(?:utm_\w+|fbclid|gclid|zarsrc|zalo_\w+)=[^&]*")
_PATH = re.compile(r"/(?:[a-z0-9][a-z0-9_.-]*/)*(?:[a-z0-9][a-z0-9_.-]*)?")
_VALUE = re.compile(r"[a-z0-9-]{1,40}")
_DISPLAY = re.compile(r"(?:^|;\s*)hien-thi=((?:vua|lon|rat-lon)\.(?:may|sang|toi))(?:;|$)")
USUAL = "vua.may"
LONGEST = 300


def variant_of(cookies: str) -> str:
    """The reader's text size and colours as the cookie says them; anything else is the usual page."""
    found = _DISPLAY.search(cookies)
    return found[1] if found else USUAL


def without_tracking(query: str) -> str:
    return TRACKING.sub("", query).lstrip("&")


def file_of(path: str, query: str, variant: str) -> str | None:
    """The file, relative to the store: `vua.may/su-kien/index.html.gz`; None where none can be.

    Addresses come from strangers: only plain ones are ever turned into a file name. Only an address
    that ends with a slash is a page for people; other answers are the same for every display.
    """
    if len(path) > LONGEST or not _PATH.fullmatch(path) or ".." in path:
        return None
    named = ""
    if query:
        pairs = parse_qsl(query, keep_blank_values=True)
        if len(pairs) != 1 or not _VALUE.fullmatch(pairs[0][0]) or not _VALUE.fullmatch(pairs[0][1]):
            return None
        named = f"@{pairs[0][0]}={pairs[0][1]}"
    if path.endswith("/"):
        return f"{variant}{path}index{named}.html.gz"
    return f"{USUAL}{path}{named}.gz"
