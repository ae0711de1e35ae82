"""Pictures, text boxes, diagrams and charts of a Word file, each brought to where mammoth finds it."""

import posixpath
from dataclasses import dataclass

from lxml import etree

from articles.text.word.account import Account, Picture, words_before
from articles.text.word.names import Element, make_paragraph, number, outer_paragraph, q, remove, value
from foundation.packages.opening import Package

_OLD_DRAWINGS = {".wmf", ".emf", ".wmz", ".emz"}
_LOST = {
    "linked": "Một ảnh nằm ngoài tệp Word (chỉ là liên kết) nên không có trong bài, hãy chèn từ máy",
    "old": "Một hình vẽ hoặc công thức kiểu cũ (WMF, EMF) không chuyển được, hãy chụp thành ảnh rồi chèn",
    "missing": "Một ảnh trong tệp bị thiếu dữ liệu nên không lấy được",
    "unseen": "Một ảnh bị ẩn hoặc đã xóa trong tệp nên không đưa vào bài",
    "chart": "Một biểu đồ không chuyển được, hãy chụp thành ảnh rồi chèn",
}


@dataclass
class Drawings:
    """The drawings of one part of the file; `targets` are that part's relationships (id → name, "" if
    outside).
    """

    package: Package
    targets: dict[str, str]
    account: Account

    def settle(self, root: Element) -> None:
        """Rewrite every drawing: its words become paragraphs after it, its pictures stand in one form."""
        for drawing in list(root.iter(q("w:drawing"), q("w:pict"), q("w:object"))):
            is_inside = (
                next(drawing.iterancestors(q("w:drawing"), q("w:pict"), q("w:object")), None) is not None
            )
            if (
                drawing.getparent() is not None and not is_inside
            ):  # else it was settled with the one around it
                self._settle_one(drawing)

    def _settle_one(self, drawing: Element) -> None:
        said = self._boxes(drawing) + self._diagram(drawing)
        self._chart(drawing)
        pictures = [
            made for found in self._pictures(drawing) if (made := self._made(drawing, *found)) is not None
        ]
        anchor = outer_paragraph(drawing)
        parent = drawing.getparent()
        if parent is None:
            return
        place = parent.index(drawing)
        parent[place : place + 1] = pictures
        for paragraph in reversed(said):
            if anchor is not None:
                anchor.addnext(paragraph)

    # --- words in drawings ------------------------------------------------------------------------------

    def _boxes(self, drawing: Element) -> list[Element]:
        boxes = list(drawing.iter(q("w:txbxContent")))
        outermost = [box for box in boxes if next(box.iterancestors(q("w:txbxContent")), None) not in boxes]
        found: list[Element] = []
        for box in outermost:
            found += list(box)
            remove(box)
        for block in found:
            self.settle(block)
        return found

    def _diagram(self, drawing: Element) -> list[Element]:
        relation = drawing.find(f".//{q('dgm:relIds')}")
        if relation is None:
            return []
        part = self.package.tree(self.targets.get(value(relation, "r:dm"), ""))
        said = []
        for point in part.iter(q("dgm:pt")) if part is not None else ():
            text = "".join(point.itertext(q("a:t"))).strip()
            said += [make_paragraph(text)] if text else []
        self.account.tell_loss(
            "Chữ trong một sơ đồ (SmartArt) xếp thành đoạn; cần hình thì hãy chụp thành ảnh", drawing
        )
        return said

    def _chart(self, drawing: Element) -> None:
        chart = drawing.find(f".//{q('c:chart')}")
        if chart is None:
            return
        part = self.package.tree(self.targets.get(value(chart, "r:id"), ""))
        words = " ".join("".join(part.itertext(q("a:t"))).split()) if part is not None else ""
        self.account.tell_loss(f"{_LOST['chart']}{f': “{words}”' if words else ''}", drawing)

    # --- pictures ---------------------------------------------------------------------------------------

    def _pictures(self, drawing: Element) -> list[tuple[str, str, str, tuple[float, ...]]]:
        """Returns (embedded relation, linked relation, description, crop) in the order of the drawing."""
        outer = drawing.find(f".//{q('wp:docPr')}")
        outer_alt = _alt(outer)
        found = []
        blips = list(drawing.iter(q("pic:blipFill"), q("a:blipFill"), q("v:imagedata")))
        for picture in blips:
            if picture.tag == q("v:imagedata"):
                crop = tuple(
                    _vml_share(picture.get(f"crop{side}")) for side in ("left", "top", "right", "bottom")
                )
                alt = picture.get(q("o:title")) or ""
                found.append((value(picture, "r:id"), value(picture, "r:href"), alt, crop))
                continue
            blip = picture.find(q("a:blip"))
            rect = picture.find(q("a:srcRect"))
            crop = tuple(_share(rect.get(side)) if rect is not None else 0.0 for side in "ltrb")
            own = picture.getparent().find(f".//{q('pic:cNvPr')}") if len(blips) > 1 else None
            found.append((value(blip, "r:embed"), value(blip, "r:link"), _alt(own) or outer_alt, crop))
        return found

    def _made(
        self, drawing: Element, embedded: str, linked: str, alt: str, crop: tuple[float, ...]
    ) -> Element | None:
        name = self.targets.get(embedded, "")
        if not name or name not in self.package.names:
            if embedded or linked:
                is_outside = bool(linked) or self.targets.get(embedded) == ""
                self.account.tell_loss(_LOST["linked" if is_outside else "missing"], drawing)
            return None
        if posixpath.splitext(name)[1].lower() in _OLD_DRAWINGS:
            self.account.tell_loss(_LOST["old"], drawing)
            return None
        cut = (crop[0], crop[1], crop[2], crop[3]) if any(crop) else None
        self.account.pictures.append(Picture(name, alt, cut, words_before(drawing)))
        return _one_picture(embedded, len(self.account.pictures) - 1)

    def leave_out(self, run: Element) -> None:
        """Remove the pictures of an unseen run, so that they are not even stored."""
        for drawing in list(run.iter(q("w:drawing"), q("w:pict"), q("w:object"))):
            if (
                drawing.find(f".//{q('a:blip')}") is not None
                or drawing.find(f".//{q('v:imagedata')}") is not None
            ):
                self.account.tell_loss(_LOST["unseen"], drawing)
            remove(drawing)


def _alt(properties: Element | None) -> str:
    if properties is None:
        return ""
    return (properties.get("descr") or properties.get("title") or "").strip()


def _share(text: str | None) -> float:
    """Returns the share cut off: Word counts in thousandths of a percent, some programs in percent."""
    text = text or "0"
    share = number(text.removesuffix("%"), 0) / (100 if text.endswith("%") else 100_000)
    return min(max(share, 0.0), 0.99)


def _vml_share(text: str | None) -> float:
    """Returns the share cut off in an old drawing: “0.25”, or “16384f” of 65,536."""
    text = (text or "0").strip()
    try:
        share = float(text.removesuffix("f")) / (65_536 if text.endswith("f") else 1)
    except ValueError:
        return 0.0
    return min(max(share, 0.0), 0.99)


def _one_picture(relation: str, place: int) -> Element:
    """Returns a drawing with one picture; its description is the place in the account's list."""
    drawing = etree.Element(q("w:drawing"))
    inline = etree.SubElement(drawing, q("wp:inline"))
    etree.SubElement(inline, q("wp:docPr")).set("descr", str(place))
    data = etree.SubElement(etree.SubElement(inline, q("a:graphic")), q("a:graphicData"))
    fill = etree.SubElement(etree.SubElement(data, q("pic:pic")), q("pic:blipFill"))
    etree.SubElement(fill, q("a:blip")).set(q("r:embed"), relation)
    return drawing


def targets_of(package: Package, part: str) -> dict[str, str]:
    """Returns relationship id → name of the part it leads to; "" for what is outside the file."""
    folder, _, name = part.rpartition("/")
    root = package.tree(f"{folder}/_rels/{name}.rels")
    found: dict[str, str] = {}
    for relation in root.iter("{*}Relationship") if root is not None else ():
        target = relation.get("Target") or ""
        is_outside = relation.get("TargetMode") == "External"
        path = (
            target.removeprefix("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        )
        found[relation.get("Id") or ""] = "" if is_outside else path
    return found
