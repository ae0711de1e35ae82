"""The differences between two states of a story, place by place, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Literal

from articles.enums import ArticleKind, BylineRole, CorrectionKind
from articles.text.body import Block, Figure, blocks_in

Content = dict[str, Any]
_WORD = re.compile(r"\S+\s*|\s+")
# A longer block is shown as wholly replaced: comparing is quadratic in the worst case.
_MOST_WORDS = 1500
_CHOSEN = (
    ("section", "Chuyên mục"),
    ("event", "Sự kiện"),
    ("commendation_decision", "Khen thưởng"),
    ("department", "Đơn vị"),
)
_NAMED = {"h2": "Tiêu đề mục", "h3": "Tiêu đề nhỏ", "table": "Bảng", "ul": "Danh sách", "ol": "Danh sách"}
_CONTEXT = 8  # unchanged words shown on each side of a change
_MOST_PAIRS = 900  # comparisons of paragraphs within one rewritten stretch
_ALIKE = 0.4  # below this similarity it is another paragraph


@dataclass(frozen=True)
class Piece:
    """Some words: unchanged ("same"), removed ("out") or added ("in")."""

    kind: Literal["same", "out", "in"]
    text: str


@dataclass(frozen=True)
class Difference:
    """One place of the story, and what changed there."""

    place: str
    pieces: list[Piece] = field(default_factory=list)
    note: str = ""


def compare(old: Content, new: Content) -> list[Difference]:
    """Returns everything a reader would see differently, in reading order. Contents are of
    `freezing.content_of`.
    """
    found = [
        *_words("Tiêu đề", old["title"], new["title"]),
        *_words("Sapo", old["lead"], new["lead"]),
        *_value("Nguồn", old["source_mark"], new["source_mark"]),
        *_body(old["body"], new["body"]),
    ]
    for name, label in _CHOSEN:
        found += _value(label, _name(old[name]), _name(new[name]))
    found += _value("Thể loại", ArticleKind(old["kind"]).label, ArticleKind(new["kind"]).label)
    found += _value("Người viết", _bylines(old), _bylines(new))
    found += _value("Thẻ", ", ".join(old["tags"]), ", ".join(new["tags"]))
    found += _value("Địa chỉ trang", old["slug"], new["slug"])
    if new.get("correction"):
        found += _value("Thông báo", _correction(old), _correction(new))
    return found


def _correction(content: Content) -> str:
    said = content.get("correction")
    return f"{CorrectionKind(said['kind']).label}: {said['notice']}" if said else ""


def words_between(old: str, new: str) -> list[Piece]:
    """Returns the change between two texts as words; long unchanged stretches are shortened."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > _MOST_WORDS:
        return _pieces(("out", old), ("in", new))
    matcher = SequenceMatcher(None, [w.strip() for w in before], [w.strip() for w in after], autojunk=False)
    pieces: list[Piece] = []
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            pieces += _pieces(("same", "".join(after[j1:j2])))
        else:
            pieces += _pieces(("out", "".join(before[i1:i2])), ("in", "".join(after[j1:j2])))
    return _with_short_context(pieces)


def _pieces(*said: tuple[str, str]) -> list[Piece]:
    return [Piece(kind, text) for kind, text in said if text]


def _with_short_context(pieces: list[Piece]) -> list[Piece]:
    last = len(pieces) - 1
    return [
        Piece("same", _shortened(piece.text, number == 0, number == last)) if piece.kind == "same" else piece
        for number, piece in enumerate(pieces)
    ]


def _shortened(text: str, is_first: bool, is_last: bool) -> str:
    words = _WORD.findall(text)
    if (is_first and is_last) or len(words) <= 2 * _CONTEXT + 2:
        return text
    head = [] if is_first else words[:_CONTEXT]
    tail = [] if is_last else words[-_CONTEXT:]
    return "".join([*head, "… ", *tail])


def _words(place: str, old: str, new: str) -> Iterator[Difference]:
    if old != new:
        yield Difference(place, words_between(old, new))


def _value(place: str, old: str, new: str) -> Iterator[Difference]:
    """A choice, not a text: the whole value changes."""
    if old != new:
        yield Difference(place, _pieces(("out", old), ("in", new)))


def _name(record: dict[str, Any] | None) -> str:
    return record["name"] if record else ""


def _bylines(content: Content) -> str:
    lines = []
    for row in content["bylines"]:
        unit = f" ({row['department_name']})" if row["department_name"] else ""
        lines.append(f"{BylineRole(row['role']).label}: {row['name']}{unit}")
    return "; ".join(lines)


# --- the body ------------------------------------------------------------------------------------------


def _body(old: str, new: str) -> Iterator[Difference]:
    before, after = blocks_in(old), blocks_in(new)
    old_places, places = places_of(before), places_of(after)
    rows = list(_aligned(before, after))
    came_from = _moves(rows, before, after)
    for i, j in rows:
        if i is not None and j is not None:
            yield from _same_block(places[j], before[i], after[j])
        elif j is not None and j in came_from:
            yield Difference(places[j], _pieces(("same", after[j].line[:120])), "chuyển chỗ")
            yield from _same_block(places[j], before[came_from[j]], after[j])
        elif j is not None:
            yield Difference(places[j], _pieces(("in", after[j].line)), "mới thêm")
        elif i not in came_from.values():
            yield Difference(old_places[i], _pieces(("out", before[i].line)), "đã bỏ")


Row = tuple[int | None, int | None]


def _aligned(before: list[Block], after: list[Block]) -> Iterator[Row]:
    """Yields pairs of old and new block numbers in reading order; None when a block has no partner."""
    matcher = SequenceMatcher(None, list(map(_key, before)), list(map(_key, after)), autojunk=False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            yield from zip(range(i1, i2), range(j1, j2), strict=True)
            continue
        for i, j in _pairs(before[i1:i2], after[j1:j2]):
            yield (None if i is None else i1 + i), (None if j is None else j1 + j)


def partners(before: list[Block], after: list[Block]) -> dict[int, int]:
    """Returns old number → new number of every block that is still there, changed or moved."""
    rows = list(_aligned(before, after))
    stayed = {i: j for i, j in rows if i is not None and j is not None}
    return stayed | {i: j for j, i in _moves(rows, before, after).items()}


def _moves(rows: list[Row], before: list[Block], after: list[Block]) -> dict[int, int]:
    """Returns new number → old number of blocks that only moved; each old block is used once."""
    gone: dict[tuple, list[int]] = {}
    for i, j in rows:
        if j is None:
            gone.setdefault(_key(before[i]), []).append(i)
    moves = {}
    for i, j in rows:
        if i is None and gone.get(_key(after[j])):
            moves[j] = gone[_key(after[j])].pop(0)
    return moves


def _pairs(before: list[Block], after: list[Block]) -> Iterator[Row]:
    """Yields pairs of similar blocks in order; None when no block is similar."""
    if len(before) * len(after) > _MOST_PAIRS:  # all rewritten: pair them one by one
        yield from zip_longest(range(len(before)), range(len(after)))
        return
    i = 0
    for j, block in enumerate(after):
        likeness = {n: _alike(before[n], block) for n in range(i, len(before))}
        best = max(likeness, key=likeness.__getitem__, default=None)
        if best is None or likeness[best] < _ALIKE:
            yield None, j
            continue
        yield from ((n, None) for n in range(i, best))
        yield best, j
        i = best + 1
    yield from ((n, None) for n in range(i, len(before)))


def _alike(one: Block, other: Block) -> float:
    if bool(one.figure) != bool(other.figure):
        return 0.0
    if one.figure:
        return 1.0 if _key(one) == _key(other) else 0.0
    matcher = SequenceMatcher(None, one.line.split()[:200], other.line.split()[:200], autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _same_block(place: str, old: Block, new: Block) -> Iterator[Difference]:
    """Compares two states of one block: first words, then links and formatting."""
    if old.figure and new.figure:
        yield from _figure(place, old.figure, new.figure)
        return
    if old.line != new.line:
        yield Difference(place, words_between(old.line, new.line))
    if old.links != new.links:
        for one, other in zip_longest(old.links, new.links, fillvalue=""):
            yield from _value(f"{place}, đường dẫn", one, other)
    elif old.line == new.line and old.markup != new.markup:
        yield Difference(place, _pieces(("same", new.line[:120])), "đổi kiểu chữ")


def _figure(place: str, old: Figure, new: Figure) -> Iterator[Difference]:
    yield from _words(f"{place}, chú thích", old.caption, new.caption)
    yield from _words(f"{place}, ảnh của", old.credit, new.credit)
    yield from _words(f"{place}, mô tả", old.alt, new.alt)
    if old.is_decorative != new.is_decorative:
        words = "là ảnh trang trí" if new.is_decorative else "không còn là ảnh trang trí"
        yield Difference(place, note=words)
    if old.is_beside != new.is_beside:
        words = "đứng cạnh ảnh trước" if new.is_beside else "không còn đứng cạnh ảnh trước"
        yield Difference(place, note=words)


def _key(block: Block) -> tuple:
    """Blocks with equal keys are the same block, in any position."""
    return (block.figure.photo_id,) if block.figure else (block.tag, block.line)


def places_of(blocks: list[Block]) -> list[str]:
    """Returns the name of each block on screen (“Đoạn 2”, “Ảnh 1”)."""
    names, figures, paragraphs = [], 0, 0
    for block in blocks:
        if block.figure:
            figures += 1
            names.append(f"Ảnh {figures}")
        else:
            paragraphs += 1
            names.append(_NAMED.get(block.tag, f"Đoạn {paragraphs}"))
    return names
