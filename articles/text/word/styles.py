"""What the style sheet of a Word file says about a run or a paragraph, base styles included."""

from dataclasses import dataclass, field

from articles.text.word.names import Element, is_on, q, value

_LONGEST_LINE = 30  # styles based on each other; Word allows eleven
_SWITCHES = ("vanish", "strike", "dstrike", "caps")


@dataclass
class _Style:
    kind: str
    base: str
    switches: dict[str, bool]
    centred: bool | None
    number: tuple[str, str] | None  # numId, ilvl
    name: str
    font: str = ""


@dataclass
class Styles:
    """The styles of one file. Ask for a run's switches or a paragraph's numbering and place."""

    sheet: dict[str, _Style] = field(default_factory=dict)
    plain: dict[str, bool] = field(default_factory=dict)  # the document's defaults
    _switches: dict[str, dict[str, bool]] = field(default_factory=dict)
    default_paragraph: str = ""
    plain_font: str = ""

    def switches_of(self, run: Element, paragraph_style: str) -> dict[str, bool]:
        """Returns the switches of a run: its own, else those of its styles. A switch set by the paragraph's
        and the character's style is off again, as Word has it.
        """
        own = run.find(q("w:rPr"))
        character = value(own.find(q("w:rStyle"))) if own is not None else ""
        by_paragraph = self._inherited(paragraph_style or self.default_paragraph)
        by_character = self._inherited(character)
        found = {}
        for name in _SWITCHES:
            direct = is_on(own.find(q(f"w:{name}"))) if own is not None else None
            by_styles = by_paragraph.get(name, False) != by_character.get(name, False)
            found[name] = direct if direct is not None else by_styles or self.plain.get(name, False)
        return found

    def _inherited(self, style: str) -> dict[str, bool]:
        if style not in self._switches:
            found: dict[str, bool] = {}
            for each in reversed(self._line(style)):
                found |= each.switches
            self._switches[style] = found
        return self._switches[style]

    def _line(self, style: str) -> list[_Style]:
        """The style and its bases, without going in a circle."""
        line: list[_Style] = []
        seen: set[str] = set()
        while style in self.sheet and style not in seen and len(line) < _LONGEST_LINE:
            seen.add(style)
            line.append(self.sheet[style])
            style = self.sheet[style].base
        return line

    def font_of(self, run: Element, paragraph_style: str) -> str:
        """Returns the name of the run's font: its own, else that of its styles, else the document's."""
        own = run.find(q("w:rPr"))
        character = value(own.find(q("w:rStyle"))) if own is not None else ""
        styles = [*self._line(character), *self._line(paragraph_style or self.default_paragraph)]
        return _font_in(own) or next((each.font for each in styles if each.font), self.plain_font)

    def is_centred(self, style: str) -> bool:
        """Whether the paragraph style places its lines in the middle."""
        return next((each.centred for each in self._line(style) if each.centred is not None), False)

    def numbering_of(self, style: str) -> tuple[str, str] | None:
        """Returns (numId, ilvl) that the paragraph style brings; None without numbering."""
        return next((each.number for each in self._line(style) if each.number), None)

    def name_of(self, style: str) -> str:
        """Returns the style's name in lower case."""
        return self.sheet[style].name if style in self.sheet else ""


def read_styles(root: Element | None) -> Styles:
    """Returns the styles of `word/styles.xml`; without that part none."""
    styles = Styles()
    if root is None:
        return styles
    defaults = root.find(f"{q('w:docDefaults')}/{q('w:rPrDefault')}/{q('w:rPr')}")
    styles.plain, styles.plain_font = _switches_in(defaults), _font_in(defaults)
    for style in root.iter(q("w:style")):
        key = value(style, "w:styleId")
        place = style.find(q("w:pPr"))
        styles.sheet[key] = _Style(
            kind=value(style, "w:type"),
            base=value(style.find(q("w:basedOn"))),
            switches=_switches_in(style.find(q("w:rPr"))),
            centred=_centred(place),
            number=_number(place),
            name=value(style.find(q("w:name"))).lower(),
            font=_font_in(style.find(q("w:rPr"))),
        )
        if value(style, "w:type") == "paragraph" and value(style, "w:default") in {"1", "true"}:
            styles.default_paragraph = key
    return styles


def _switches_in(properties: Element | None) -> dict[str, bool]:
    if properties is None:
        return {}
    said = {name: is_on(properties.find(q(f"w:{name}"))) for name in _SWITCHES}
    return {name: on for name, on in said.items() if on is not None}


def _font_in(properties: Element | None) -> str:
    fonts = properties.find(q("w:rFonts")) if properties is not None else None
    return value(fonts, "w:ascii") or value(fonts, "w:hAnsi")


def _centred(place: Element | None) -> bool | None:
    found = place.find(q("w:jc")) if place is not None else None
    return None if found is None else value(found) == "center"


def _number(place: Element | None) -> tuple[str, str] | None:
    found = place.find(q("w:numPr")) if place is not None else None
    if found is None:
        return None
    return value(found.find(q("w:numId"))), value(found.find(q("w:ilvl"))) or "0"
