"""Turns a pasted text into our body, with notes about what was changed.

Word, LibreOffice, Google Docs, Zalo and web pages each write their own HTML. Old fonts are decoded,
paragraphs drawn as a list become a list, a caption pasted twice stays once, pictures are dropped.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import groupby
from unicodedata import normalize

from lxml.html import HtmlElement, tostring

from articles.text.body import clean_body
from articles.text.manuscript import clipboard
from articles.text.manuscript.captions import names_a_picture
from articles.text.manuscript.lists import gather, is_lettered
from articles.text.manuscript.old_fonts import bring_to_unicode
from articles.text.manuscript.raw_blocks import RawBlock, joined, leaves, lines, to_html, without_empty
from articles.text.manuscript.shown import shown_text
from articles.text.manuscript.unseen import LeftOut, notes_of, shorten
from articles.text.manuscript.witness import lost_words, notes_of_lost
from articles.text.raising import write_raised
from foundation.language.legacy import Encoding
from foundation.language.lookalikes import repaired_words
from foundation.language.signs import without_hidden, without_piled_marks
from foundation.language.vietnamese import nfc

ENCODING_NAMES = {Encoding.TCVN3: "TCVN3 (ABC, phông .VnTime)", Encoding.VNI: "VNI (phông VNI-Times)"}
_GAP = re.compile(r"\n[ \t\u00a0]*\n")
# Formulas are counted as wholes, a list for choosing by what is chosen; a frame is told by its address.
_ASIDE = frozenset({"math", "option", "iframe", "object"})
_MOST_LIFTED = 200
MOST_LINES = 10_000  # paragraphs, list items and cells of one text; a thesis has about three thousand
MOST_LINES_SAID = f"{MOST_LINES:,}".replace(",", ".")
LINES = ("p", "div", "li", "td", "th", "br", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6")
_LINE = re.compile(rf"<(?:{'|'.join(LINES)})\b[^<>]*+>\s*+[^<\s]", re.IGNORECASE)
_LEAST_WORDS = 3  # a shorter line may be repeated on purpose


class TooManyLines(Exception):
    """A text has more than MOST_LINES paragraphs, list items and cells: a register, no story."""


@dataclass(frozen=True)
class Settled:
    """A cleaned body; `notes` tell the writer what was changed, `pictures` how many were dropped.

    `said` are all words that were read, as they stood in the source, those left out included.
    """

    body: str
    notes: list[str] = field(default_factory=list)
    pictures: int = 0
    said: str = ""


def settle(html: str) -> Settled:
    """Returns the HTML (or plain text) of a clipboard as a story's body. Pictures are counted, not kept.

    Raises TooManyLines.
    """
    if (len(_LINE.findall(html)) if "<" in html else html.count("\n")) > MOST_LINES:
        raise TooManyLines
    read = clipboard.read_clipboard(html)
    settled = _settled(read)
    return replace(settled, notes=[*settled.notes, *_missing_words(read, settled.said)])


def settle_tree(root: HtmlElement, formulas: list[str], removed: list[LeftOut]) -> Settled:
    """Returns a converted Word text as a story's body. `formulas` are those already written as words,
    `removed` what was left out before.
    """
    markup = "".join(tostring(child, encoding="unicode") for child in root)
    read = clipboard.read_clipboard(markup)
    left_out = [*removed, *read.left_out]
    return _settled(read._replace(formulas=[*formulas, *read.formulas], left_out=left_out))


def _settled(read: clipboard.Clipboard) -> Settled:
    said = _all_words(read)
    body, notes = finish(read.blocks)
    notes = notes_of(read.left_out) + _formula_notes(read.formulas) + notes
    if read.readings:
        notes.append(f"Âm đọc ghi trên chữ nay viết trong ngoặc, xin đọc lại: {quoted(read.readings)}.")
    if read.frames:
        notes.append(
            f"Khung nhúng (video, bản đồ …) không giữ được, hãy ghi đường dẫn: {quoted(read.frames)}."
        )
    if read.pictures:
        notes.append(
            f"Có {read.pictures} ảnh trong văn bản dán: hãy chèn từ máy hoặc từ kho ảnh, "
            "vì ảnh dán kèm không được giữ lại."
        )
    return Settled(body, notes, read.pictures, said)


def _all_words(read: clipboard.Clipboard) -> str:
    texts = [leaf.text for leaf in leaves(read.blocks)]
    signs = [leaf.marker.text for leaf in leaves(read.blocks) if leaf.marker]
    credits = [f"Ảnh: {credit}" for block in read.blocks if (credit := block.attributes.get("data-credit"))]
    return "\n".join([*texts, *signs, *credits, *(piece.words for piece in read.left_out)])


def _missing_words(read: clipboard.Clipboard, said: str) -> list[str]:
    """Returns a note that names the words of the source that were neither read nor told."""
    shown = unescape(shown_text(read.source, _ASIDE)).split("\n")
    arrived = "\n".join([said, *read.letters])
    if "".join("".join(shown).split()) == "".join(arrived.split()):
        return []  # sign for sign the same
    lost = lost_words(shown, arrived)
    if lost and read.left_out:  # hidden inside a word they are no words of their own
        seen = "\n".join(shown)
        for piece in read.left_out[:_MOST_LIFTED]:
            seen = seen.replace(piece.words, "", 1)
        lost = lost_words(seen.split("\n"), arrived)
    return notes_of_lost(lost, "đoạn dán")


def _formula_notes(formulas: list[str]) -> list[str]:
    if not formulas:
        return []
    return [f"Công thức viết lại thành chữ trên một dòng, xin đọc lại: {quoted(formulas)}."]


def quoted(pieces: list[str], most: int = 5) -> str:
    """Returns the pieces in quotation marks, at most `most`, and how many more there are."""
    shown = "; ".join(f"“{shorten(piece)}”" for piece in pieces[:most])
    return shown + (f"; và {len(pieces) - most} chỗ nữa" if len(pieces) > most else "")


_MARK = re.compile(r"\(?(GD\s?&\s?TĐ|GDTĐ|[A-ZĐ]{2,5}O)\)?\s*[-–—]\s+(?=\S)")


def split_source_mark(text: str) -> tuple[str, str]:
    """Returns (mark, rest) of a sapo that opens with a paper's mark (“GD&TĐ - Sở …”, “(TTO) – …”); else ("",
    text).
    """
    found = _MARK.match(text)
    if not found:
        return "", text
    mark = found[1].replace(" ", "")
    return ("GD&TĐ" if mark == "GDTĐ" else mark), text[found.end() :]


def finish(blocks: list[RawBlock]) -> tuple[str, list[str]]:
    """Returns the blocks of an imported text as a clean body, and notes about what was changed."""
    notes = list(_font_notes(bring_to_unicode(blocks)))
    raised: list[str] = []
    for leaf in leaves(blocks):
        for run in leaf.runs:
            run.text = without_hidden(run.text)
        raised += _put_on_the_line(leaf)
    if letters := repaired_words(nfc("\n".join(leaf.text for leaf in leaves(blocks)))):
        notes.append(
            f"Chữ cái Nga, Hy Lạp lẫn trong từ Việt nay đã viết lại, xin đọc lại: {quoted(letters)}."
        )
    if raised:
        notes.append(f"Chữ nhỏ trên, dưới dòng nay viết thẳng hàng, xin đọc lại: {quoted(raised)}.")
    if any(is_lettered(leaf.marker) for leaf in leaves(blocks)):
        notes.append(
            "Danh sách đánh bằng chữ cái hoặc số La Mã (a, b, c; I, II, III) nay đánh 1, 2, 3. "
            "Nếu trong bài có nhắc “điểm a”, “mục II”, xin sửa lại cho khớp."
        )
    blocks = gather(without_empty(_with_gaps_opened(_without_layout(blocks))))
    blocks = _with_captions(blocks)
    blocks, doubles = _without_doubles(blocks)
    if doubles:
        notes.append(_doubles_note(doubles))
    return clean_body(to_html(blocks)), notes


def _put_on_the_line(leaf: RawBlock) -> list[str]:
    """Writes the raised and lowered runs of a paragraph; neighbours of one height are one exponent."""
    told: list[str] = []
    if not any(run.raised for run in leaf.runs):
        return told
    before = ""
    for raised, same in groupby(leaf.runs, key=lambda run: run.raised):
        runs = list(same)
        if raised:
            written, has_sign = write_raised(before, "".join(run.text for run in runs), raised)
            for run in runs:
                run.text, run.raised = "", ""
            runs[0].text = written
            if has_sign:
                told.append(f"{before.rsplit(' ', maxsplit=1)[-1]}{written.strip()}")
        before = (before + "".join(run.text for run in runs))[-60:]
    return told


def _without_layout(blocks: list[RawBlock]) -> list[RawBlock]:
    """Opens layout tables: those with one cell in each row, or with headings or tables inside."""
    opened: list[RawBlock] = []
    for block in blocks:
        block.children = _without_layout(block.children)
        opened += _cells_of(block) if block.tag == "table" and _is_layout(block) else [block]
    return opened


def _is_layout(table: RawBlock) -> bool:
    rows = _rows_of(table)
    cells = [child for row in rows for cell in row.children for child in _inside(cell)]
    one_column = all(len(row.children) < 2 for row in rows)
    return one_column or any(child.tag in {"h2", "h3", "table", "figure"} for child in cells)


def _cells_of(table: RawBlock) -> list[RawBlock]:
    cells = [cell for row in _rows_of(table) for cell in row.children]
    captions = [child for child in table.children if child.tag == "caption"]
    return [replace(child, tag="p") for child in captions] + [
        child for cell in cells for child in cell.children
    ]


def _rows_of(table: RawBlock) -> list[RawBlock]:
    """Returns the table's own rows, without those of a table in one of its cells."""
    parts = [part for part in table.children if part.tag in {"thead", "tbody", "tfoot"}]
    return [row for holder in (table, *parts) for row in holder.children if row.tag == "tr"]


def _inside(block: RawBlock) -> Iterator[RawBlock]:
    for child in block.children:
        yield child
        yield from _inside(child)


def _with_gaps_opened(blocks: list[RawBlock]) -> list[RawBlock]:
    """Splits a paragraph at an empty line, as chat programs write it."""
    opened = []
    for block in blocks:
        block.children = _with_gaps_opened(block.children)
        opened += _parted(block) if block.tag == "p" and _GAP.search(block.text) else [block]
    return opened


def _parted(block: RawBlock) -> Iterator[RawBlock]:
    part: list = []
    marker = block.marker
    for line in [*lines(block.runs), []]:
        if "".join(run.text for run in line).strip():
            part.append(line)
        elif part:
            yield block.saying(joined(part), marker)
            part, marker = [], None


def _with_captions(blocks: list[RawBlock]) -> list[RawBlock]:
    """Puts the caption after a picture of the text into its figure, when that has no words yet."""
    kept: list[RawBlock] = []
    for block in blocks:
        figure = kept[-1] if kept and kept[-1].tag == "figure" else None
        is_caption = block.tag == "p" and (block.is_caption or names_a_picture(block.text))
        if figure and is_caption and not any(child.text.strip() for child in figure.children):
            figure.children = [RawBlock("figcaption", runs=block.runs)]
        else:
            kept.append(block)
    return kept


def _without_doubles(blocks: list[RawBlock]) -> tuple[list[RawBlock], list[str]]:
    """Removes a paragraph that repeats the block before it (a paragraph, or a figure's caption)."""
    kept: list[RawBlock] = []
    doubles = []
    for block in blocks:
        if block.tag == "p" and any("\n" in run.text for run in block.runs):
            doubles += _drop_doubled_lines(block)
        words = _said(block)
        if kept and block.tag == "p" and len(words.split()) >= _LEAST_WORDS and words == _said(kept[-1]):
            doubles.append(words)
        else:
            kept.append(block)
    return kept, doubles


def _drop_doubled_lines(block: RawBlock) -> list[str]:
    """A caption pasted with its description is twice in one paragraph, line under line."""
    kept: list[list] = []
    doubles: list[str] = []
    for line in lines(block.runs):
        words = " ".join("".join(run.text for run in line).split())
        before = " ".join("".join(run.text for run in kept[-1]).split()) if kept else ""
        if len(words.split()) >= _LEAST_WORDS and words == before:
            doubles.append(words)
        else:
            kept.append(line)
    if doubles:
        block.runs = joined(kept)
    return doubles


def _said(block: RawBlock) -> str:
    if block.tag == "figure":
        return " ".join(_said(child) for child in block.children)
    return " ".join(normalize("NFC", without_piled_marks(block.text)).split()) if block.is_leaf else ""


def _font_notes(found: Counter[Encoding]) -> Iterator[str]:
    for encoding, count in sorted(found.items()):
        yield (
            f"Có {count} đoạn gõ bằng phông chữ cũ {ENCODING_NAMES[encoding]}, nay đã chuyển sang Unicode. "
            "Hãy đọc lại một lượt, nhất là tên riêng."
        )


def _doubles_note(doubles: list[str]) -> str:
    shown = "; ".join(
        f"“{words if len(words) <= 60 else words[:57].rstrip() + '…'}”" for words in doubles[:3]
    )
    more = f" và {len(doubles) - 3} đoạn khác" if len(doubles) > 3 else ""
    return f"Có {len(doubles)} đoạn bị lặp liền nhau (thường là chú thích ảnh), chỉ giữ một: {shown}{more}."
