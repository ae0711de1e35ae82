"""Names of the XML in a Word file, and the few questions that several modules ask of its tree."""

from collections.abc import Iterator

from lxml import etree

type Element = etree._Element

_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
}
# The strict form of the standard has other names for the same things.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _SPACES["w"].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _SPACES["r"].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", _SPACES["m"].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def q(name: str) -> str:
    """Returns “w:p” as lxml writes it."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


W_VAL = q("w:val")


def value(element: Element | None, name: str = "w:val") -> str:
    """Returns the attribute of an element that may be missing; "" without it."""
    return "" if element is None else element.get(q(name)) or ""


def number(text: str, default: int = 0) -> int:
    """Returns the whole number that the text says; `default` for anything else."""
    try:
        return int(text)
    except ValueError:
        return default


def is_on(element: Element | None) -> bool | None:
    """Returns what a switch such as <w:b/> says; None when it is not there."""
    return None if element is None else value(element) not in {"0", "false", "off", "none"}


def text_of(element: Element) -> str:
    """Returns the words of the runs inside, as Word shows them: tabs and line ends are spaces."""
    return "".join(_texts(element))


def _texts(element: Element) -> Iterator[str]:
    for part in element.iter(q("w:t"), q("w:delText"), q("w:tab"), q("w:br"), q("w:cr"), q("w:p"), q("m:t")):
        yield part.text or "" if part.tag in {q("w:t"), q("w:delText"), q("m:t")} else " "


def make_run(text: str, style: str = "") -> Element:
    """Returns a run with these words."""
    run = etree.Element(q("w:r"))
    if style:
        properties = etree.SubElement(run, q("w:rPr"))
        etree.SubElement(properties, q("w:rStyle")).set(W_VAL, style)
    words = etree.SubElement(run, q("w:t"))
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def make_paragraph(*texts: str) -> Element:
    """Returns a paragraph of plain runs."""
    paragraph = etree.Element(q("w:p"))
    paragraph.extend([make_run(text) for text in texts])
    return paragraph


def unwrap(element: Element) -> None:
    """Replace an element by its children."""
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = list(element)


def remove(element: Element) -> None:
    """Remove an element with everything in it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def outer_paragraph(element: Element) -> Element | None:
    """Returns the nearest paragraph around the element; None when there is none."""
    return next(element.iterancestors(q("w:p")), None)
