"""Writes a formula (MathML of web pages, OMML of Word) in one line, as people type it: x=(-b)/(2a)."""

import re
from collections.abc import Callable

from lxml import etree

from articles.text.raising import write_raised

_PLAIN = re.compile(r"[^\W\d_]|[0-9]+(?:[.,][0-9]+)?|\(.*\)|\w?[⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]*", re.DOTALL)
_WORDS = {"t", "mi", "mo", "mn", "mtext", "ms", "delText"}
_SILENT = {"annotation", "annotation-xml", "none", "mprescripts", "mphantom"}
_PARTS = re.compile(r"(?:.*Pr)\Z")
_MATH_OPENS, _MATH_CLOSES = re.compile(r"<math\b", re.IGNORECASE), re.compile(r"</math\s*>", re.IGNORECASE)
_PARSER = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
_DEEPEST = 60


def formula_words(element: etree._Element) -> str:
    """Returns the words of a formula's tree in one line. What it does not know it reads part after part."""
    return " ".join(_read(element, 0).split())


def _read(element: etree._Element, depth: int) -> str:
    name = _name(element)
    if not name or name in _SILENT or _PARTS.fullmatch(name):
        return ""
    if depth > _DEEPEST:
        return " ".join("".join(element.itertext()).split())
    if name in _WORDS:
        return "".join(element.itertext()).strip(" \n\t\r") if name != "t" else "".join(element.itertext())
    way = _WAYS.get(name)
    children = [child for child in element if _name(child) and not _PARTS.fullmatch(_name(child))]
    said = [_read(child, depth + 1) for child in children]
    return way(element, said) if way else "".join(said)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _grouped(said: str) -> str:
    said = said.strip()
    return said if _PLAIN.fullmatch(said) else f"({said})"


def _part(said: list[str], number: int) -> str:
    return said[number] if number < len(said) else ""


def _fraction(element: etree._Element, said: list[str]) -> str:
    return f"{_grouped(_part(said, 0))}/{_grouped(_part(said, 1))}"


def _raise(base: str, text: str, raised: str) -> str:
    return write_raised(base, text, raised)[0] if text.strip() else ""


def _power(element: etree._Element, said: list[str]) -> str:
    base = _part(said, 0)
    return base + _raise(base or "x", _part(said, 1), "sup")


def _index(element: etree._Element, said: list[str]) -> str:
    base = _part(said, 0)
    return base + _raise(base or "x", _part(said, 1), "sub")


def _index_and_power(element: etree._Element, said: list[str]) -> str:
    base = _part(said, 0)
    return base + _raise(base or "x", _part(said, 1), "sub") + _raise(base or "x", _part(said, 2), "sup")


def _root(element: etree._Element, said: list[str]) -> str:
    name = _name(element)
    degree, inner = {"rad": (_part(said, 0), _part(said, 1)), "mroot": (_part(said, 1), _part(said, 0))}.get(
        name, ("", "".join(said))
    )
    if name == "rad" and len(said) == 1:
        degree, inner = "", said[0]
    sign = {"": "√", "3": "∛", "4": "∜"}.get(degree.strip(), f"căn bậc {degree.strip()} của ")
    return f"{sign}{_grouped(inner)}"


def _sign(element: etree._Element, place: str, default: str) -> str:
    found = element.find(f"{{*}}{_name(element)}Pr/{{*}}{place}")
    return (
        default if found is None else next((str(v) for k, v in found.attrib.items() if k.endswith("val")), "")
    )


def _nary(element: etree._Element, said: list[str]) -> str:
    low, high, inner = (_part(said, number) for number in range(3))
    sign = _sign(element, "chr", "∫")
    return f"{sign}{_raise('x', low, 'sub')}{_raise('x', high, 'sup')} {inner}"


def _fenced(element: etree._Element, said: list[str]) -> str:
    if _name(element) == "mfenced":
        opens, closes = element.get("open", "("), element.get("close", ")")
        return f"{opens}{', '.join(said)}{closes}"
    return f"{_sign(element, 'begChr', '(')}{', '.join(said)}{_sign(element, 'endChr', ')')}"


def _function(element: etree._Element, said: list[str]) -> str:
    return f"{_part(said, 0)} {_part(said, 1)}"


def _rows(element: etree._Element, said: list[str]) -> str:
    return f"[{'; '.join(said)}]" if _name(element) in {"m", "mtable"} else "; ".join(said)


def _cells(element: etree._Element, said: list[str]) -> str:
    return ", ".join(said)


def _first(element: etree._Element, said: list[str]) -> str:
    return _part(said, 0)


_WAYS: dict[str, Callable[[etree._Element, list[str]], str]] = {
    **dict.fromkeys(("f", "mfrac"), _fraction),
    **dict.fromkeys(("sSup", "msup", "limUpp", "mover"), _power),
    **dict.fromkeys(("sSub", "msub", "limLow", "munder"), _index),
    **dict.fromkeys(("sSubSup", "msubsup", "munderover"), _index_and_power),
    **dict.fromkeys(("rad", "msqrt", "mroot"), _root),
    **dict.fromkeys(("d", "mfenced"), _fenced),
    **dict.fromkeys(("m", "mtable", "eqArr"), _rows),
    **dict.fromkeys(("mr", "mtr", "mlabeledtr"), _cells),
    "nary": _nary,
    "func": _function,
    "semantics": _first,
}


def write_formulas(html: str, write: Callable[[str], str]) -> str:
    """Returns the HTML with each `math` element replaced by `write(its words)`."""
    out, at = [], 0
    while found := _MATH_OPENS.search(html, at):
        end = _MATH_CLOSES.search(html, found.end())
        if end is None:
            break
        out.append(html[at : found.start()])
        tree = etree.fromstring(html[found.start() : end.end()].replace("&nbsp;", " ").encode(), _PARSER)
        said = formula_words(tree) if tree is not None else ""
        out.append(write(said))
        at = end.end()
    return "".join([*out, html[at:]])
