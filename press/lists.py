"""Lists and letters on A4, drawn at once: payment lists, notices to units."""

from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from press.enums import Face
from press.letters import letters_words, missing_letters
from press.typesetting.drawing import LISTING, WHOLE
from press.typesetting.setter import NotDrawn, draw, lay_out


@dataclass(frozen=True)
class Column:
    """A column: its heading, its share of the width, how its cells stand."""

    label: str
    width: float = 1
    align: str = "left"


@dataclass(frozen=True)
class Page:
    """A list or a letter; it takes as many sheets as it needs. `wide`: across the sheet."""

    office: str
    title: str
    columns: list[Column]
    rows: list[list[str]]
    subtitle: str = ""
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    signers: list[str] = field(default_factory=list)
    wide: bool = False


def draw_lists(title: str, pages: list[Page]) -> bytes:
    """Return the pages as one PDF. Raises NotDrawn, also for a letter that the font lacks."""
    _refuse_missing(pages)
    job = {
        "source": LISTING,
        "title": title,
        "moment": int(timezone.now().timestamp()),
        "sheets": [],
        "pages": [asdict(page) for page in pages],
    }
    with TemporaryDirectory(prefix="list-") as name:
        folder = Path(name)
        lay_out(folder, job)
        for _said in draw(folder, "whole", patience=30):
            pass
        return (folder / WHOLE).read_bytes()


def _refuse_missing(pages: list[Page]) -> None:
    for page in pages:
        for line in (page.office, page.title, *page.before, *page.after, *chain(*page.rows)):
            if missing := missing_letters(line, Face.TEXT):
                raise NotDrawn(f"Kiểu chữ không có ký tự {letters_words(missing)} trong “{line[:80]}”.")
