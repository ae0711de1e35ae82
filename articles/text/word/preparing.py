"""Brings the XML of a Word text into the forms that mammoth keeps, before it converts.

What mammoth would drop (text boxes, fields, formulas, signs of lists, pictures in groups) is rewritten with
plain runs and paragraphs; what nobody sees in Word (hidden, struck, deleted words) is marked, and leaves by
the one rule for pasted text, Word and old sites: `articles.text.manuscript.unseen`.
"""

from dataclasses import dataclass

from lxml import etree

from articles.text.manuscript.formulas import formula_words
from articles.text.word.account import Account
from articles.text.word.drawings import Drawings
from articles.text.word.names import (
    W_VAL,
    Element,
    is_on,
    make_paragraph,
    make_run,
    number,
    q,
    remove,
    text_of,
    unwrap,
    value,
)
from articles.text.word.numbering import Numbering
from articles.text.word.slimming import refuse_endless, slim
from articles.text.word.styles import Styles
from foundation.language.legacy import Encoding, font_encoding
from foundation.packages.opening import Package

# Styles of ours in the prepared file; `articles.text.word.reading` knows what to make of them.
FONT_STYLE = "OldFont"  # followed by a key of OLD_FONTS
OLD_FONTS = {"Tcvn": ".VnTime", "TcvnH": ".VnTimeH", "Vni": "VNI-Times"}
_LEAST_RAISED, _UNREADABLE = 4, 2  # half points
SIGN_STYLE, UNSEEN_STYLE, CENTRED_STYLE = "SignOfAList", "UnseenInWord", "CentredInWord"
_WRAPPERS = ("w:fldSimple", "w:smartTag", "w:customXml", "w:ins", "w:moveTo", "w:dir", "w:bdo")
_KNOWN_CHOICE = ("w:txbxContent", "w:p", "pic:pic", "dgm:relIds", "c:chart")


@dataclass
class Preparing:
    """One file being prepared: its styles and lists, what is told."""

    package: Package
    styles: Styles
    numbering: Numbering
    account: Account

    def prepare(self, root: Element, targets: dict[str, str]) -> None:
        """Rewrite the tree of one part (the text, the footnotes). `targets` are its relationships."""
        refuse_endless(root)
        drawings = Drawings(self.package, targets, self.account)
        _choose_alternatives(root)
        self._fill_chunks(root, targets)
        self._settle_controls(root)
        for name in _WRAPPERS:
            for element in list(root.iter(q(name))):
                unwrap(element)
        self._settle_deletions(root, drawings)
        self._settle_rubies(root)
        _settle_form_lists(root)
        _settle_breaks(root)
        self._write_formulas(root)
        self._mark_runs(root, drawings)
        drawings.settle(root)
        self._mark_paragraphs(root)
        slim(root)

    # --- parts of other documents, controls, formulas -----------------------------------------------------

    def _fill_chunks(self, root: Element, targets: dict[str, str]) -> None:
        for chunk in list(root.iter(q("w:altChunk"))):
            name = targets.get(value(chunk, "r:id"), "")
            lines = _lines_of(name, self.package) if name in self.package.names else None
            if lines is None:
                self.account.tell_loss(
                    "Một phần văn bản chèn từ tệp khác không đọc được, hãy chép riêng phần đó", chunk
                )
            for line in reversed(lines or []):
                chunk.addnext(make_paragraph(line))
            remove(chunk)

    def _settle_controls(self, root: Element) -> None:
        for control in list(root.iter(q("w:sdt"))):
            properties, content = control.find(q("w:sdtPr")), control.find(q("w:sdtContent"))
            box = properties.find(q("w14:checkbox")) if properties is not None else None
            if content is None:
                remove(control)
                continue
            if box is not None:
                ticked = box.find(q("w14:checked"))
                is_ticked = ticked is not None and (ticked.get(q("w14:val")) or "1") not in {"0", "false"}
                _say_once(content, "☑" if is_ticked else "☐")
            elif properties is not None and is_on(properties.find(q("w:showingPlcHdr"))):
                self.account.tell_loss(
                    f"Một chỗ chưa điền trong mẫu đã bỏ: “{text_of(content).strip()}”", control
                )
                for words in content.iter(q("w:t")):
                    words.text = ""
            control[:] = list(content)
            unwrap(control)

    def _settle_rubies(self, root: Element) -> None:
        for ruby in list(root.iter(q("w:ruby"))):
            base, above = ruby.find(q("w:rubyBase")), ruby.find(q("w:rt"))
            said = text_of(base) if base is not None else ""
            if above is not None and (small := text_of(above).strip()):
                said += f" ({small})"
            words = etree.Element(q("w:t"))
            words.text = said
            ruby.addnext(words)
            remove(ruby)

    def _write_formulas(self, root: Element) -> None:
        for formula in list(root.iter(q("m:oMath"))):
            if next(formula.iterancestors(q("m:oMath")), None) is not None:
                continue
            said = formula_words(formula)
            if said:
                self.account.formulas.append(said)
            parent, run = formula.getparent(), make_run(said)
            run.tail = None
            if parent is not None:
                parent.replace(formula, run)
        for paragraph in list(root.iter(q("m:oMathPara"))):
            unwrap(paragraph)

    # --- words nobody sees ---------------------------------------------------------------------------------

    def _settle_deletions(self, root: Element, drawings: Drawings) -> None:
        """Words deleted under track changes become struck; words moved away stand elsewhere already."""
        for moved in list(root.iter(q("w:moveFrom"))):
            remove(moved)
        for deleted in list(root.iter(q("w:del"))):
            holder = deleted.getparent()
            if holder is None or holder.tag in {q("w:rPr"), q("w:trPr"), q("w:tcPr")}:
                continue
            for run in deleted.iter(q("w:r")):
                drawings.leave_out(run)
                _switch_on(run, "w:strike")
            unwrap(deleted)
        for row in list(root.iter(q("w:tr"))):
            if row.find(f"{q('w:trPr')}/{q('w:del')}") is not None:
                for run in row.iter(q("w:r")):
                    _switch_on(run, "w:strike")
                for mark in row.findall(f"{q('w:trPr')}/{q('w:del')}"):
                    remove(mark)
        for words in root.iter(q("w:delText")):
            words.tag = q("w:t")

    def _mark_runs(self, root: Element, drawings: Drawings) -> None:
        for paragraph in root.iter(q("w:p")):
            style = value(paragraph.find(f"{q('w:pPr')}/{q('w:pStyle')}"))
            for run in _own_runs(paragraph):
                switches, font = self.styles.switches_of(run, style), self.styles.font_of(run, style)
                self._mark_run(run, switches, drawings, is_old=font_encoding(font) is not None)
                _mark_old_font(run, font, switches)
                _mark_raised(run)

    def _mark_run(self, run: Element, switches: dict[str, bool], drawings: Drawings, *, is_old: bool) -> None:
        if switches["vanish"]:
            drawings.leave_out(run)
            _style_run(run, UNSEEN_STYLE)
        elif _is_white(run) or _is_tiny(run):
            _style_run(run, UNSEEN_STYLE)
        if switches["strike"] or switches["dstrike"]:
            _switch_on(run, "w:strike")
        else:
            _switch_off(run, "w:strike")
        if switches["caps"] and not is_old:
            for words in run.iter(q("w:t")):
                words.text = (words.text or "").upper()

    # --- lists and places ----------------------------------------------------------------------------------

    def _mark_paragraphs(self, root: Element) -> None:
        for paragraph in root.iter(q("w:p")):
            properties = paragraph.find(q("w:pPr"))
            style = value(properties.find(q("w:pStyle"))) if properties is not None else ""
            self._write_sign(paragraph, properties, style)
            if properties is not None and self._is_centred(properties, style):
                name = self.styles.name_of(style)
                if not style or name in {"normal", "body text", "no spacing", "normal (web)"}:
                    _style_paragraph(properties, CENTRED_STYLE)

    def _write_sign(self, paragraph: Element, properties: Element | None, style: str) -> None:
        own = properties.find(q("w:numPr")) if properties is not None else None
        by_style = self.styles.numbering_of(style)
        key = value(own.find(q("w:numId"))) if own is not None else ""
        level = value(own.find(q("w:ilvl"))) if own is not None else ""
        key, level = key or (by_style[0] if by_style else ""), level or (by_style[1] if by_style else "0")
        if own is not None:
            remove(own)
        if not key or key == "0" or not text_of(paragraph).strip():
            return
        found = self.numbering.sign_of(key, level)
        if found and found[0]:
            place = 0 if properties is None else paragraph.index(properties) + 1
            paragraph.insert(place, make_run(f"{found[1]}|{found[0]}", SIGN_STYLE))

    def _is_centred(self, properties: Element, style: str) -> bool:
        own = properties.find(q("w:jc"))
        is_framed = properties.find(q("w:framePr")) is not None
        return is_framed or (value(own) == "center" if own is not None else self.styles.is_centred(style))


# --- small steps -------------------------------------------------------------------------------------------


def _choose_alternatives(root: Element) -> None:
    """Of two ways to draw one thing the first stays, unless only the second holds something we know."""
    for choice in list(root.iter(q("mc:AlternateContent"))):
        ways = [way for way in choice if way.tag in {q("mc:Choice"), q("mc:Fallback")}]
        known = [way for way in ways if any(way.find(f".//{q(name)}") is not None for name in _KNOWN_CHOICE)]
        chosen = (known or ways or [choice])[0]
        choice[:] = list(chosen) if chosen is not choice else []
        unwrap(choice)


def _lines_of(name: str, package: Package) -> list[str] | None:
    """Returns the lines of a part that is a web page or plain text; None for other kinds."""
    kind = name.rsplit(".", 1)[-1].lower()
    text = package.read(name).decode("utf-8", "replace")
    if kind == "txt":
        return [line for line in text.splitlines() if line.strip()]
    if kind not in {"htm", "html", "xhtml", "mht"} or kind == "mht":
        return None
    tree = etree.HTML(text)
    for silent in list(tree.iter("script", "style", "head")) if tree is not None else ():
        remove(silent)
    for block in tree.iter("p", "div", "li", "td", "h1", "h2", "h3", "br") if tree is not None else ():
        block.tail = f"\n{block.tail or ''}"
    said = "".join(tree.itertext()) if tree is not None else ""
    return [" ".join(line.split()) for line in said.split("\n") if line.strip()]


def _say_once(content: Element, sign: str) -> None:
    """The first words inside become the sign, the others empty."""
    words = list(content.iter(q("w:t"), q("w:sym")))
    for place, each in enumerate(words):
        if place:
            remove(each)
        else:
            each.tag, each.text = q("w:t"), sign
            for name in list(each.attrib):
                del each.attrib[name]


def _settle_form_lists(root: Element) -> None:
    """A list to choose from (the old kind of field) shows its chosen words."""
    for field in list(root.iter(q("w:fldChar"))):
        choices = field.find(f"{q('w:ffData')}/{q('w:ddList')}")
        if choices is None:
            continue
        entries = [value(entry) for entry in choices.findall(q("w:listEntry"))]
        chosen = choices.find(q("w:result"))
        chosen = chosen if chosen is not None else choices.find(q("w:default"))
        place = number(value(chosen)) if chosen is not None else 0
        run = field.getparent()
        if run is not None and 0 <= place < len(entries):
            run.addprevious(make_run(entries[place]))


def _settle_breaks(root: Element) -> None:
    for line_end in root.iter(q("w:cr")):
        line_end.tag = q("w:br")
    for tab in root.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}ptab"):
        tab.tag = q("w:tab")


def _own_runs(paragraph: Element) -> list[Element]:
    """Returns the runs of a paragraph, without those of paragraphs in its text boxes."""
    return [run for run in paragraph.iter(q("w:r")) if next(run.iterancestors(q("w:p")), None) is paragraph]


def _properties(run: Element) -> Element:
    found = run.find(q("w:rPr"))
    if found is None:
        found = etree.Element(q("w:rPr"))
        run.insert(0, found)
    return found


def _switch_on(run: Element, name: str) -> None:
    properties = _properties(run)
    for old in properties.findall(q(name)):
        properties.remove(old)
    etree.SubElement(properties, q(name))


def _switch_off(run: Element, name: str) -> None:
    properties = run.find(q("w:rPr"))
    for old in properties.findall(q(name)) if properties is not None else ():
        properties.remove(old)


def _style_run(run: Element, style: str) -> None:
    properties = _properties(run)
    for old in properties.findall(q("w:rStyle")):
        properties.remove(old)
    properties.insert(0, made := etree.Element(q("w:rStyle")))
    made.set(W_VAL, style)


def _style_paragraph(properties: Element, style: str) -> None:
    for old in properties.findall(q("w:pStyle")):
        properties.remove(old)
    properties.insert(0, made := etree.Element(q("w:pStyle")))
    made.set(W_VAL, style)


def _mark_old_font(run: Element, font: str, switches: dict[str, bool]) -> None:
    """Words in an old font keep its name, by which they are read; Word's capitals are those of a font."""
    encoding = font_encoding(font)
    if encoding is None or value(run.find(f"{q('w:rPr')}/{q('w:rStyle')}")) == UNSEEN_STYLE:
        return
    in_capitals = switches["caps"] or font.strip().lower().endswith("h")
    tcvn = "TcvnH" if in_capitals else "Tcvn"
    _style_run(run, FONT_STYLE + ("Vni" if encoding is Encoding.VNI else tcvn))
    if encoding is Encoding.VNI and switches["caps"]:
        for words in run.iter(q("w:t")):
            words.text = (words.text or "").upper()


def _mark_raised(run: Element) -> None:
    """Letters moved above or below their line by hand are exponents and indices."""
    properties = run.find(q("w:rPr"))
    if properties is None or properties.find(q("w:vertAlign")) is not None:
        return
    moved = number(value(properties.find(q("w:position"))))
    if abs(moved) >= _LEAST_RAISED:
        made = etree.SubElement(properties, q("w:vertAlign"))
        made.set(W_VAL, "superscript" if moved > 0 else "subscript")


def _is_tiny(run: Element) -> bool:
    size = value(run.find(f"{q('w:rPr')}/{q('w:sz')}"))
    return 0 < number(size) <= _UNREADABLE


def _is_white(run: Element) -> bool:
    """White letters on the white sheet. In a table, a box or on a ground of its own they may be seen."""
    properties = run.find(q("w:rPr"))
    if properties is None or value(properties.find(q("w:color"))).upper() != "FFFFFF":
        return False
    has_ground = any(properties.find(q(name)) is not None for name in ("w:shd", "w:highlight"))
    around = next(run.iterancestors(q("w:tc"), q("w:txbxContent")), None)
    paragraph = next(run.iterancestors(q("w:p")), None)
    is_shaded = paragraph is not None and paragraph.find(f"{q('w:pPr')}/{q('w:shd')}") is not None
    return not has_ground and around is None and not is_shaded
