"""Limits how deep markup is nested: readers of HTML take time by its square, or drop what lies deeper."""

import re
from collections import Counter

_DEEPEST = 100
_FEW = 2 * _DEEPEST  # signs “<”; with fewer nothing lies deeper
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]{0,19}+)\b[^<>]*+>", re.IGNORECASE)
# They hold nothing, or the next of the kind ends them.
_NEVER_DEEP = {
    "area",
    "base",
    "br",
    "col",
    "dd",
    "dt",
    "embed",
    "hr",
    "img",
    "input",
    "li",
    "link",
    "meta",
    "option",
    "p",
    "param",
    "source",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "track",
    "wbr",
}


def flatten_deep(markup: str) -> str:
    """Returns the markup without the tags nested deeper than _DEEPEST; their words stay."""
    if markup.count("<") <= _FEW:
        return markup
    depth, left_out = 0, Counter[str]()

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        name = tag[2].lower()
        if name in _NEVER_DEEP:
            return tag[0]
        if not tag[1]:
            if depth >= _DEEPEST:
                left_out[name] += 1
                return " "
            depth += 1
        elif left_out[name]:
            left_out[name] -= 1
            return " "
        else:
            depth = max(depth - 1, 0)
        return tag[0]

    return _TAG.sub(kept, markup)
