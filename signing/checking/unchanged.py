"""Whether a signed PDF still shows what it showed before: nothing but signatures was added.

“Our bytes are its exact beginning” proves nothing about what is seen: an increment replaces any object, and
one that is signed properly passes every library. So both files are opened and compared object by object, from
the catalogue on; all that may differ is named here.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

# What signing adds to the catalogue; none of it is drawn on a page.
_OF_SIGNING = {"/AcroForm", "/DSS", "/Extensions", "/Version", "/Perms", "/Metadata"}
# What a form may have besides its fields; scripts (/CO, /XFA) and redrawing (/NeedAppearances) are not here.
_OF_FORMS = {"/Fields", "/SigFlags", "/DR", "/DA", "/Q"}
_NO_ZOOM, _NO_ROTATE = 8, 16
# One stamp, and all of a page together, as a share of the page.
MOST_OF_PAGE, MOST_TOGETHER = 0.15, 0.25
MOST_OBJECTS = 200_000

Box = tuple[float, float, float, float]


@dataclass
class Stamp:
    """The visible part of a signature: the page (from 0) and its box in points."""

    page: int
    box: Box


@dataclass
class Seen:
    """The outline of a document: a digest of everything but signatures, and these."""

    digest: str
    pages: int
    forms: str
    stamps: list[Stamp] = field(default_factory=list)
    areas: list[Box] = field(default_factory=list)  # of each page
    faults: list[str] = field(default_factory=list)


class Unreadable(Exception):
    """The file is no sound PDF."""


def changes_between(old: bytes, new: bytes, clear: list[list[Any]]) -> list[str]:
    """Return what the new file shows otherwise than the old one, as sentences; empty if nothing.

    `clear` are [page, left, bottom, right, top] in points where no stamp may stand. Raises Unreadable.
    """
    before, after = _outline(old), _outline(new)
    found = list(dict.fromkeys(after.faults))
    if before.pages != after.pages:
        found.append("Số trang đã khác.")
    elif before.digest != after.digest:
        found.append("Nội dung, trang hoặc cách hiện của tệp đã bị thay hay thêm.")
    if before.forms != after.forms:
        found.append("Tệp có thêm ô điền, ghi chú hoặc lệnh ngoài chữ ký.")
    known = {(stamp.page, stamp.box) for stamp in before.stamps}
    added = [stamp for stamp in after.stamps if (stamp.page, stamp.box) not in known]
    return found + _misplaced(added, after.areas, clear)


def _misplaced(stamps: list[Stamp], areas: list[Box], clear: list[list[Any]]) -> list[str]:
    found, taken = [], dict.fromkeys(range(len(areas)), 0.0)
    for stamp in stamps:
        share = _size(stamp.box) / max(_size(areas[stamp.page]), 1)
        taken[stamp.page] += share
        if share > MOST_OF_PAGE:
            found.append("Hình chữ ký lớn quá một phần bảy trang, có thể che nội dung.")
        if any(page == stamp.page and _overlap(stamp.box, tuple(box)) for page, *box in clear):
            found.append("Hình chữ ký đè lên chữ phải đọc được (tên, đơn vị, thành tích, số quyết định, mã).")
    if any(share > MOST_TOGETHER for share in taken.values()):
        found.append("Các hình chữ ký che quá một phần tư trang.")
    return list(dict.fromkeys(found))


def _size(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _overlap(one: Box, other: Any) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _outline(data: bytes) -> Seen:
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise Unreadable("encrypted")
            seen = _Walk(pdf).outline()
            if pdf.get_warnings():
                raise Unreadable("damaged")
            return seen
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise Unreadable(repr(fault)[:200]) from fault


class _Walk:
    """One walk over all objects of a document; equal documents give equal digests whatever their numbers."""

    def __init__(self, pdf: pikepdf.Pdf):
        self.pdf = pdf
        self.pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        self.seen: dict[tuple[int, int], int] = {}
        self.stamps: list[Stamp] = []
        self.faults: list[str] = []

    def outline(self) -> Seen:
        root = self.pdf.Root
        whole = hashlib.sha256()
        for word in self._words({key: value for key, value in root.items() if key not in _OF_SIGNING}):
            whole.update(word)
        areas = [_box(page.mediabox) for page in self.pdf.pages]
        forms = hashlib.sha256()
        for word in self._forms(root.get("/AcroForm")):
            forms.update(word)
        return Seen(whole.hexdigest(), len(self.pages), forms.hexdigest(), self.stamps, areas, self.faults)

    def _forms(self, form: Any) -> Iterator[bytes]:
        """Yield the fields that are no signatures, and whatever else a form may do."""
        if form is None:
            return
        for key in sorted(set(form.keys()) - _OF_FORMS):
            yield from (key.encode(), *self._words(form[key]))
        for one in form.get("/Fields", ()):
            if _is_signature(one):
                self._look_at_signature(one)
            else:
                yield from self._words(one)

    def _words(self, first: Any) -> Iterator[bytes]:
        """Yield the object and all it leads to, without recursion; an object met before is its number."""
        stack: list[Any] = [first]
        while stack:
            one = stack.pop()
            if isinstance(one, bytes):
                yield one
                continue
            if isinstance(one, pikepdf.Object) and one.is_indirect:
                if (known := self.seen.get(one.objgen)) is not None:
                    yield b"@%d" % known
                    continue
                self.seen[one.objgen] = len(self.seen)
                if len(self.seen) > MOST_OBJECTS:
                    raise Unreadable("too many objects")
            yield from self._open(one, stack)

    def _open(self, one: Any, stack: list[Any]) -> Iterator[bytes]:
        """Yield what the object is; push what it holds, the last first."""
        if isinstance(one, pikepdf.Stream):
            yield b"stream" + hashlib.sha256(one.read_raw_bytes()).digest()
            held = {key: value for key, value in one.stream_dict.items() if key != "/Length"}
        elif isinstance(one, pikepdf.Dictionary):
            held = self._page(one) if one.objgen in self.pages and one.is_indirect else dict(one.items())
        elif isinstance(one, dict):
            held = one
        elif isinstance(one, pikepdf.Array):
            yield b"["
            stack.append(b"]")
            stack += [one[at] for at in range(len(one) - 1, -1, -1)]
            return
        else:
            yield repr(one).encode() if not isinstance(one, pikepdf.Object) else one.unparse()
            return
        yield b"<<"
        stack.append(b">>")
        for key in sorted(held, reverse=True):
            stack += [held[key], str(key).encode()]

    def _page(self, page: Any) -> dict[str, Any]:
        """Return the page without the widgets of signatures, which are noted."""
        held = dict(page.items())
        notes = []
        for note in held.pop("/Annots", ()):
            if _is_signature(note):
                self._look_at_signature(note)
                self._note_stamp(self.pages[page.objgen], note)
            else:
                notes.append(note)
        return held | ({str(number): note for number, note in enumerate(notes)} if notes else {})

    def _look_at_signature(self, one: Any) -> None:
        if {"/A", "/AA", "/Kids"} & set(one.keys()):
            self.faults.append("Ô chữ ký có lệnh hoặc ô con kèm theo.")

    def _note_stamp(self, page: int, widget: Any) -> None:
        box = _box(widget.get("/Rect", [0, 0, 0, 0]))
        if int(widget.get("/F", 0)) & (_NO_ZOOM | _NO_ROTATE):
            self.faults.append("Hình chữ ký không phóng theo trang, có thể che nội dung.")
        if _size(box) > 0:
            self.stamps.append(Stamp(page, box))


def _is_signature(one: Any) -> bool:
    """Whether it is a signature field or the widget of one."""
    if not isinstance(one, pikepdf.Dictionary) or one.get("/Subtype", "/Widget") != "/Widget":
        return False
    kind = one.get("/FT")
    if kind is None and isinstance(parent := one.get("/Parent"), pikepdf.Dictionary):
        kind = parent.get("/FT")
    return bool(kind == "/Sig")


def _box(rect: Any) -> Box:
    left, bottom, right, top = (float(side) for side in rect)
    return (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
