"""What the text of a post only points at, put where it points: reusable blocks, the post's own gallery,
links told from the place of the post.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from urllib.parse import urljoin

_BLOCK = re.compile(r"<!-- wp:block \{[^{}]{0,200}?\"ref\":(\d{1,15})[^{}]{0,2000}\} /-->")
_OWN_GALLERY = re.compile(r"\[gallery(?![^\]\n]{0,4000}\b(?:ids|include)=)([^\]\n]{0,4000})\]", re.IGNORECASE)
# “//machine/…”, “../bai-8/”, “?p=8”: whole addresses and paths from the root are told apart later.
_NEARBY = re.compile(r"""(?<=\shref=["'])(?://|\.{1,2}/|\?)[^"'<>\s]{1,1000}""", re.IGNORECASE)
_DEEPEST = 3  # blocks within blocks; one that holds itself ends here
_LONGEST = 2_000_000  # letters; a text that grows beyond stays as it was


def followed(content: str, blocks: Mapping[int, str], pictures: Sequence[int]) -> tuple[str, list[int]]:
    """The content with its reusable blocks and pictures in place, and the blocks the export does not hold.

    `pictures` are those WordPress keeps under the post: `[gallery]` without numbers shows them all.
    """
    lost: list[int] = []

    def block(found: re.Match[str]) -> str:
        inside = blocks.get(int(found[1]))
        if inside is None:
            lost.append(int(found[1]))
        return inside or ""

    for _ in range(_DEEPEST):
        if "<!-- wp:block " not in content:
            break
        grown = _BLOCK.sub(block, content)
        content = grown if len(grown) <= _LONGEST else _BLOCK.sub("", content)
    if pictures and "[gallery" in content.lower():
        numbers = ",".join(map(str, pictures))
        content = _OWN_GALLERY.sub(lambda found: f'[gallery ids="{numbers}"{found[1]}]', content)
    return content, lost


def with_whole_links(content: str, base: str) -> str:
    """The content with links told from the post's place, `base`, told in whole."""
    return _NEARBY.sub(lambda found: _whole(found[0], base), content)


def _whole(href: str, base: str) -> str:
    try:
        return escape(urljoin(base, unescape(href)))
    except ValueError:
        return href
