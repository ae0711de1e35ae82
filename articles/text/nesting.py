"""Limits how deep markup is nested: readers of HTML take time by its square, or drop what lies deeper.

They also repeat formatting that is left open in every paragraph that follows, so that a few kilobytes of it
cost as much as megabytes of text.
"""

import re
from collections import Counter

_DEEPEST = 200  # elements; libxml2 drops what lies deeper than 256
_HOLDERS = {"table": 4, "ul": 2, "ol": 2, "dl": 2}  # a cell lies four elements deep
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]{0,19}+)\b[^<>]*+>", re.IGNORECASE)
# They hold nothing, or the next of the kind ends them.
_NEVER_DEEP = frozenset(
    "area base br col dd dt embed hr img input li link meta option p param source tbody td tfoot th thead "
    "tr track wbr".split()
)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_FORMATTING_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_FORMATTING))})\b[^<>]*+>", re.IGNORECASE)
_BLOCKS = frozenset(
    "p div li td th tr dd dt ul ol table blockquote h1 h2 h3 h4 h5 h6 section article pre".split()
)
_COUNTED = re.compile(rf"<(?!(?:{'|'.join(sorted(_NEVER_DEEP))})\b)[a-z]", re.IGNORECASE)
_REPEATS, _REPEATS_EACH = 2_000, 4  # formatting carried into new blocks: in all, and for each tag


def flatten_deep(markup: str, deepest: int = _DEEPEST) -> str:
    """Returns the markup without the tags nested deeper than `deepest`; their words stay.

    Where formatting is left open over and over, all of it goes.
    """
    if markup.count("<") <= deepest // 2:
        return markup
    if _FORMATTING_TAG.search(markup) and _repeats_formatting(markup):
        markup = _FORMATTING_TAG.sub("", markup)
    if len(_COUNTED.findall(markup)) * max(_HOLDERS.values()) <= deepest:
        return markup  # paragraphs without end, none in another
    depth, left_out = 0, Counter[str]()

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        name = tag[2].lower()
        if name in _NEVER_DEEP:
            return tag[0]
        weight = _HOLDERS.get(name, 1)
        if not tag[1]:
            if depth + weight > deepest:
                left_out[name] += 1
                return " "
            depth += weight
        elif left_out[name]:
            left_out[name] -= 1
            return " "
        else:
            depth = max(depth - weight, 0)
        return tag[0]

    return _TAG.sub(kept, markup)


def _repeats_formatting(markup: str) -> bool:
    is_open = carried = tags = 0
    for slash, tag in _TAG.findall(markup):
        tags += 1
        name = tag.lower()
        if name in _FORMATTING:
            is_open = max(0, is_open + (-1 if slash else 1))
        elif not slash and name in _BLOCKS:
            carried += is_open
        if carried > _REPEATS + _REPEATS_EACH * tags:
            return True
    return False
