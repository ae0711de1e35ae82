"""Leaves in a prepared text only what the conversion reads, and joins runs that look the same.

Word writes a run for every change of language, spelling mark or edit. The converter's time grows with the
number of elements: 36,000 of them take a second.
"""

from itertools import groupby

from articles.text.word.names import Element, q, value
from foundation.packages.opening import Fault, PackageRefused

MOST_ELEMENTS = 80_000  # a thesis of 300 pages has about 40,000
MOST_BLOCKS = 20_000  # paragraphs and cells
_LOOKS = {q(f"w:{name}") for name in ("rStyle", "b", "i", "strike", "vertAlign")}
_PLACES = {q("w:pStyle"), q("w:rPr")}
_JOINED = {q(f"w:{name}") for name in ("rPr", "t", "tab", "br", "noBreakHyphen", "softHyphen")}
_SILENT = tuple(
    q(f"w:{name}") for name in ("proofErr", "lastRenderedPageBreak", "bookmarkEnd", "permStart", "permEnd")
)

type _Look = tuple[tuple[str, str], ...]


def refuse_endless(root: Element) -> None:
    """Raises PackageRefused for more paragraphs than a person writes, before anything is done with them."""
    if sum(1 for _ in root.iter(q("w:p"), q("w:tc"))) > MOST_BLOCKS:
        raise PackageRefused(Fault.TOO_LARGE)


def slim(root: Element) -> None:
    """Shorten the tree in place. Raises PackageRefused when it is still longer than anything a person
    writes.
    """
    for silent in list(root.iter(*_SILENT)):
        parent = silent.getparent()
        if parent is not None:
            parent.remove(silent)
    for properties in list(root.iter(q("w:pPr"))):
        _keep(properties, _PLACES)
    for properties in list(root.iter(q("w:rPr"))):
        parent = properties.getparent()
        if parent is not None and parent.tag == q("w:r"):
            _keep(properties, _LOOKS)
    for holder in list(root.iter(q("w:p"), q("w:hyperlink"))):
        _join_runs(holder)
    for paragraph in list(root.iter(q("w:p"))):
        parent = paragraph.getparent()
        if parent is not None and all(child.tag == q("w:pPr") and not len(child) for child in paragraph):
            parent.remove(paragraph)  # an empty line
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise PackageRefused(Fault.TOO_LARGE)


def _keep(properties: Element, names: set[str]) -> None:
    for child in list(properties):
        if child.tag not in names:
            properties.remove(child)


def _look_of(run: Element) -> _Look | None:
    """Returns what the run looks like; None when it holds more than words."""
    if run.tag != q("w:r") or any(child.tag not in _JOINED for child in run):
        return None
    properties = run.find(q("w:rPr"))
    return tuple((str(child.tag), value(child)) for child in properties) if properties is not None else ()


def _join_runs(holder: Element) -> None:
    for look, same in groupby(list(holder), key=_look_of):
        if look is None:
            continue
        first, *others = same
        for other in others:
            first.extend([child for child in other if child.tag != q("w:rPr")])
            holder.remove(other)
        _join_words(first)


def _join_words(run: Element) -> None:
    for is_text, same in groupby(list(run), key=lambda child: child.tag == q("w:t")):
        if not is_text:
            continue
        first, *others = same
        first.text = "".join([first.text or "", *(other.text or "" for other in others)])
        for other in others:
            run.remove(other)
