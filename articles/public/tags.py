"""Tags as people type them, separated by commas; quotation marks only for a tag with a comma in it."""

import re
from collections.abc import Iterable
from typing import Any

_PIECE = re.compile(r'\s*(?:"(?P<quoted>[^"]*)"\s*|(?P<plain>[^,]*))(?:,|$)')


def tags_in(text: str | None) -> list[str]:
    """Returns the names in “thi đua, "Dạy, học"”, each once, in order; a name may have spaces, a leading
    quotation mark is dropped.
    """
    found = (match["quoted"] or (match["plain"] or "").lstrip(' "') for match in _PIECE.finditer(text or ""))
    names = (" ".join(name.split()) for name in found)
    return list(dict.fromkeys(name for name in names if name))


def tag_list(tags: Iterable[Any]) -> str:
    """Returns text from which `tags_in` reads the same tags."""
    names = sorted(tag.name for tag in tags)
    return ", ".join(f'"{name}"' if "," in name or name.startswith('"') else name for name in names)
