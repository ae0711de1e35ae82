"""The words of a page as its reader sees them, read the plain way: none of the code that converts is used."""

import re

# Words that no reader sees: programs, style sheets, what stands for them.
_NEVER_SHOWN = frozenset({"script", "style", "noscript", "template", "title", "xml"})
_ASIDE = re.compile(
    r"<(/?)(script|style|noscript|template|title|xml|iframe|object|math|option)\b[^<>]*+>", re.IGNORECASE
)
_TAG = re.compile(
    r"""</?([a-z][\w:-]*+)(?>="[^"]{0,3000}+"|='[^']{0,3000}+'|[^<>"'=]++|["'=]){0,300}+>""", re.IGNORECASE
)
_DECLARATION = re.compile(r"<[!?][^<>]*+>")  # Word's <![if !vml]>
_INSIDE_WORDS = {
    "a", "abbr", "b", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s",
    "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
}  # fmt: skip


def shown_text(html: str, aside: frozenset[str] = frozenset()) -> str:
    """Returns the text between the tags, a line for each block; signs written as entities stay so.

    `aside` are more tags to leave out: of iframe, object, math, option.
    """
    html = _DECLARATION.sub("", _without_asides(_without_comments(html), _NEVER_SHOWN | aside))
    return _TAG.sub(lambda tag: "" if tag[1].lower() in _INSIDE_WORDS else "\n", html)


def _without_comments(html: str) -> str:
    before, *rest = html.split("<!--")
    return before + "".join(part.partition("-->")[2] for part in rest)


def _without_asides(html: str, names: frozenset[str]) -> str:
    parts, at, opened = [], 0, ""
    for tag in _ASIDE.finditer(html):
        name = tag[2].lower()
        if name not in names:
            continue
        if not opened and not tag[1]:
            parts.append(html[at : tag.start()])
            opened, at = name, tag.end()
        elif opened == name and tag[1]:
            opened, at = "", tag.end()
    return "".join([*parts, "" if opened else html[at:]])
