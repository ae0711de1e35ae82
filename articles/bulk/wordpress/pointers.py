"""Resolves references in a post's text: reusable blocks, the post's own gallery, relative links."""

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from urllib.parse import urljoin

from articles.bulk.wordpress.shortcodes import with_own_pictures

# Its attributes may hold others in braces (words that replace those of the block).
_BLOCK = re.compile(r"<!-- wp:(?:core/)?block \{[^<>]{0,200}?\"ref\":(\d{1,15})\b[^<>]*+(?<=\} /--)>")
# “//host/…”, “../bai-8/”, “?p=8”; absolute addresses and paths from the root need no change here.
_NEARBY = re.compile(r"""(?<=\shref=["'])(?://|\.{1,2}/|\?)[^"'<>\s]{1,1000}""", re.IGNORECASE)
_DEEPEST = 3  # depth of nested blocks; stops a block that contains itself
_LONGEST = 2_000_000  # letters; beyond it the blocks are left out


def followed(content: str, blocks: Mapping[int, str], pictures: Sequence[int]) -> tuple[str, list[int]]:
    """Returns the content with reusable blocks and pictures inserted, and ids of blocks missing in the
    export.

    `pictures` are the post's own attachments: `[gallery]` without ids shows them all.
    """
    lost: list[int] = []

    def block(found: re.Match[str]) -> str:
        inside = blocks.get(int(found[1]))
        if inside is None:
            lost.append(int(found[1]))
        return inside or ""

    for _ in range(_DEEPEST):
        if "block {" not in content:
            break
        grown = _BLOCK.sub(block, content)
        content = grown if len(grown) <= _LONGEST else _BLOCK.sub("", content)
    if pictures and "[gallery" in content.lower():
        numbers = ",".join(map(str, pictures))
        content = with_own_pictures(content, numbers)
    return content, lost


def with_whole_links(content: str, base: str) -> str:
    """Returns the content with relative links made absolute; `base` is the post's address."""
    return _NEARBY.sub(lambda found: _whole(found[0], base), content)


def _whole(href: str, base: str) -> str:
    try:
        return escape(urljoin(base, unescape(href)))
    except ValueError:
        return href
