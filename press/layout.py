"""From a template and sheets to the job that the typesetter draws: plain numbers and words."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from press.enums import BoxKind, Face
from press.letters import letters_words, missing_letters
from press.models import PrintBox, Printer, PrintTemplate
from press.subjects import Sheet, Subject

FIELD = re.compile(r"\{(\w+)\}")
SHOWN_MARK = "Bản thể hiện, chưa có chữ ký và con dấu"
MOST_BOXES = 60  # of one template
MOST_LETTERS = 2000  # in one box of one sheet: more takes the typesetter seconds, and fits no sheet
_SPACES = re.compile(r"[ \t]+")


@dataclass(frozen=True)
class Problem:
    """Why a sheet cannot be printed; `sheet` is "" when no sheet can."""

    sheet: str
    name: str
    words: str


def fill_words(pattern: str, words: dict[str, str]) -> str:
    """Return the box's words with the sheet's in place of the fields.

    Empty when every field in it is empty: “Vào sổ số {so}” is not printed without a number.
    """
    fields = FIELD.findall(pattern)
    if fields and not any(words.get(field) for field in fields):
        return ""
    filled = FIELD.sub(lambda found: words.get(found[1], ""), pattern)
    lines = (_SPACES.sub(" ", line).strip(" ,") for line in filled.split("\n"))
    return "\n".join(line for line in lines if line)


def make_job(
    template: PrintTemplate,
    sheets: Iterable[Sheet],
    *,
    title: str,
    printer: Printer | None = None,
    on_stock: bool = False,
    is_marked: bool = True,
    boxes: Iterable[PrintBox] | None = None,
) -> dict[str, Any]:
    """Return what the typesetter draws, as JSON may hold it; the background is laid beside it later.

    `boxes` are those of a form not yet saved; by default the template's own.
    """
    all_boxes = template.boxes.all() if boxes is None else boxes
    standing = [box for box in all_boxes if not (on_stock and box.on_stock)]
    drawn = [_box(box) | {"key": str(number)} for number, box in enumerate(standing)]
    mark = _mark(template) if is_marked else None
    return {
        "title": title,
        "width": float(template.width),
        "height": float(template.height),
        "background": None,
        "frame": template.has_frame and not on_stock,
        "dx": float(printer.dx) if printer else 0,
        "dy": float(printer.dy) if printer else 0,
        "boxes": [*drawn, mark] if mark else drawn,
        "sheets": [_sheet(sheet, standing, mark) for sheet in sheets],
    }


def _box(box: PrintBox) -> dict[str, Any]:
    cut = Face(box.face).cut
    return {
        "name": box.name,
        "kind": box.kind,
        "x": float(box.x),
        "y": float(box.y),
        "width": float(box.width),
        "face": box.face,
        "font": cut.family,
        "weight": cut.weight,
        "style": cut.style,
        "size": float(box.size),
        "least": float(box.least),
        "colour": box.colour,
        "align": box.align,
        "lines": box.lines,
        "fit": box.fit,
        "grows": box.grows,
        "pitch": float(box.pitch),
    }


def _mark(template: PrintTemplate) -> dict[str, Any]:
    """Return the box of the mark: at the foot of the sheet, in grey."""
    box = PrintBox(
        name="Bản thể hiện",
        x=template.width / 10,
        y=template.height - 11,
        width=template.width * 8 / 10,
        face=Face.ITALIC,
        size=9,
        least=6,
        colour="#6b6b6b",
    )
    return _box(box) | {"key": "mark"}


def _sheet(sheet: Sheet, boxes: list[PrintBox], mark: Any) -> dict[str, Any]:
    words = sheet.words | sheet.own
    filled = {
        str(number): fill_words(box.words, words)
        for number, box in enumerate(boxes)
        if box.kind == BoxKind.WORDS
    }
    shown = {"mark": SHOWN_MARK} if mark else {}
    return {"key": sheet.key, "name": sheet.name, "address": sheet.address, "words": filled | shown}


def template_digest(template: PrintTemplate) -> str:
    """Return a digest of all that the template's sheets look like."""
    job = make_job(template, [], title="")
    look = [job, template.background.name or "", [box.words for box in template.boxes.all()]]
    look += [[box.on_stock for box in template.boxes.all()]]
    return hashlib.sha256(json.dumps(look, sort_keys=True).encode()).hexdigest()[:32]


def unknown_fields(pattern: str, subject: Subject) -> list[str]:
    """Return the fields that the pattern names and the subject does not have."""
    return [field for field in FIELD.findall(pattern) if field not in subject.labels]


def find_problems(job: dict[str, Any], sheets: Iterable[Sheet], subject: Subject) -> list[Problem]:
    """Return what would print a gap: words that are missing, letters that a font lacks."""
    faces = {box["key"]: box["face"] for box in job["boxes"]}
    found = []
    for sheet, drawn in zip(sheets, job["sheets"], strict=True):
        words = sheet.words | sheet.own
        found += [
            Problem(sheet.key, sheet.name, f"Thiếu chữ: {one.label.lower()}.")
            for one in subject.fields
            if one.required and not words.get(one.key)
        ]
        for key, line in drawn["words"].items():
            if len(line) > MOST_LETTERS:
                found.append(Problem(sheet.key, sheet.name, too_long(line)))
            elif missing := missing_letters(line, faces[key]):
                place = _around(line, missing[0])
                said = f"Kiểu chữ không có ký tự {letters_words(missing)} trong “{place}”."
                found.append(Problem(sheet.key, sheet.name, said))
    return found


def too_long(line: str) -> str:
    return f"Chữ trong một ô dài {len(line)} ký tự, nhiều nhất {MOST_LETTERS}."


def _around(line: str, letter: str) -> str:
    """Return the line where it has the letter, some words before and after it."""
    place = line.index(letter)
    first, last = max(place - 40, 0), place + 40
    return f"{'…' if first else ''}{line[first:last]}{'…' if last < len(line) else ''}"
