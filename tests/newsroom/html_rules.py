"""The rules of HTML that our templates could break, as a checker of a few lines.

A whole checker (the W3C's Nu) is a Java program; before a release it is run over the demo by hand,
see docs/frontend.md. What it once found is held here.
"""

import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Elements a reader's older browser shows, but knows no meaning of; a role says the same everywhere.
UNKNOWN = {"search"}
CHILDREN = {
    "ul": {"li", "template"},
    "ol": {"li", "template"},
    "dl": {"dt", "dd", "div", "template"},
    "tr": {"th", "td"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "select": {"option", "optgroup", "hr"},
    "picture": {"source", "img"},
}
PHRASING_ONLY = {"p", "h1", "h2", "h3", "h4", "span", "b", "button", "label", "summary"}
BLOCKS = {"div", "p", "ul", "ol", "dl", "table", "section", "form", "figure", "article", "aside", "nav", "h2"}
INTERACTIVE = {"a", "button", "input", "select", "textarea", "summary", "label"}
REFERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
TIME = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:?\d\d)?)?|\d{4}-\d\d|\d\d:\d\d"
)


class Document(HTMLParser):
    """Reads one page; `wrong` says what breaks a rule."""

    def __init__(self, text: str):
        super().__init__()
        self.wrong: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.referred: list[str] = []
        self.headings: list[int] = []
        self.feed(text)
        self.close()
        self._whole()

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        words = {name: value or "" for name, value in pairs}
        if len(words) != len(pairs):
            self._say(tag, "an attribute twice")
        self._place(tag)
        self._words(tag, words)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, pairs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self._say(tag, f"closed inside {self.open[-3:]}")
        elif tag not in VOID:
            self.open.pop()

    def _place(self, tag: str) -> None:
        parent = self.open[-1] if self.open else ""
        if tag in UNKNOWN:
            self._say(tag, "not known everywhere")
        allowed = {"dt", "dd"} if self.open[-2:] == ["dl", "div"] else CHILDREN.get(parent)
        if allowed and tag not in allowed:
            self._say(tag, f"not a child of {parent}")
        if tag in BLOCKS and parent in PHRASING_ONLY:
            self._say(tag, f"a block inside {parent}")
        inside = next((outer for outer in ("a", "button") if outer in self.open), None)
        if tag in INTERACTIVE and inside:
            self._say(tag, f"inside {inside}")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def _words(self, tag: str, words: dict[str, str]) -> None:
        if "id" in words:
            self.ids.append(words["id"])
        for name in REFERS:
            self.referred += words.get(name, "").split()
        if tag == "time" and "datetime" in words and not TIME.fullmatch(words["datetime"]):
            self._say(tag, words["datetime"])
        if tag == "img" and not {"alt", "width", "height", "src"} <= set(words):
            self._say(tag, "without alt, width, height or src")
        if tag == "a" and words.get("href", "") in ("", "#"):
            self._say(tag, "leads nowhere")
        if "style" in words or any(name.startswith("on") for name in words):
            self._say(tag, "style or script in an attribute")
        if tag == "input" and not words.get("name") and words.get("type") != "submit":
            self._say(tag, "a field without a name")

    def _whole(self) -> None:
        if self.open:
            self.wrong.append(f"never closed: {self.open}")
        self.wrong += [f"id twice: {name}" for name in set(self.ids) if self.ids.count(name) > 1]
        self.wrong += [f"refers to no id: {name}" for name in self.referred if name not in self.ids]
        if self.headings.count(1) != 1 or self.headings[0] != 1:
            self.wrong.append(f"not one h1, first: {self.headings}")
        jumps = [
            pair for pair in zip(self.headings, self.headings[1:], strict=False) if pair[1] > pair[0] + 1
        ]
        self.wrong += [f"a heading level left out: {jump}" for jump in jumps]

    def _say(self, tag: str, what: str) -> None:
        self.wrong.append(f"line {self.getpos()[0]}, <{tag}>: {what}")
