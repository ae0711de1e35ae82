"""What the writer is told of a Word file: what was left out, what was written otherwise, which pictures it
has.
"""

from dataclasses import dataclass, field

from articles.text.manuscript.unseen import LeftOut
from articles.text.word.names import Element, outer_paragraph, q, text_of


@dataclass(frozen=True)
class Picture:
    """One picture of the file: the name of its part, its description, the words before it.

    `crop` are the shares cut off at left, top, right and bottom.
    """

    part: str
    alt: str = ""
    crop: tuple[float, float, float, float] | None = None
    after: str = ""


@dataclass
class Account:
    """Gathered while the file is prepared."""

    pictures: list[Picture] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    removed: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def tell_loss(self, what: str, place: Element | None) -> None:
        """Add a sentence about one thing that did not come along, with the words before it."""
        after = words_before(place) if place is not None else ""
        self.notes.append(f"{what}{f' (sau chữ “…{after}”)' if after else ''}.")


def words_before(element: Element) -> str:
    """Returns the last words before this place: of its own paragraph, else of the one before."""
    paragraph = element if element.tag == q("w:p") else outer_paragraph(element)
    if paragraph is None:
        return ""
    said = ""
    for part in paragraph.iter():
        if part is element:
            break
        if part.tag == q("w:t"):
            said += part.text or ""
    before = paragraph
    while not said.strip():
        previous = before.getprevious()
        before = previous if previous is not None else before.getparent()
        if before is None or before.tag == q("w:body"):
            return ""
        said = text_of(before) if previous is not None else ""
    words = " ".join(said.split())
    return words if len(words) <= 40 else words[-40:].split(" ", 1)[-1]
