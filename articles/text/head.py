"""What stands around the text of a manuscript: title, sapo, head and end of a letter, who signed it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lxml import html

from articles.text.body import figures_in, parse, plain_text
from articles.text.manuscript.letter_end import take_letter_end
from articles.text.manuscript.letterhead import take_letterhead
from articles.text.manuscript.signatures import Signature, credit_of, take_signatures
from articles.text.pasting import split_source_mark
from foundation.language.capitals import is_in_capitals, sentence_case

TITLE_AT_MOST, LEAD_AT_MOST = 200, 600


@dataclass
class Manuscript:
    """A body, and what was taken from around it, only where it is certain.

    `title_offer` is the title as a sentence, when it stands in capitals. `letterhead` and `letter_end` are
    HTML set aside.
    """

    body: str
    title: str = ""
    title_offer: str = ""
    lead: str = ""
    source_mark: str = ""
    letterhead: str = ""
    letter_end: str = ""
    signatures: list[Signature] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def credit(self) -> str:
        """The one name to propose for all pictures; "" when the text names nobody, or several."""
        named = {figure.credit for figure in figures_in(self.body) if figure.credit}
        return credit_of(self.signatures) or (named.pop() if len(named) == 1 else "")


def take_head(body: str, names: Iterable[str] = ()) -> Manuscript:
    """Returns the body without its head and end; anything doubtful stays in the text.

    `names` are proper names to know in a title in capitals, besides those in the text.
    """
    root = parse(body)
    found = Manuscript(body, letterhead=take_letterhead(root), signatures=take_signatures(root))
    found.letter_end = take_letter_end(root)
    if found.letter_end:
        found.signatures += take_signatures(root)
    if len(root) and _is_title(root[0]):
        found.title = _take_title(root)
        if len(root) and _is_lead(root[0]):
            found.source_mark, found.lead = split_source_mark(_line(root[0]))
            root[0].drop_tree()
    if found.letterhead or found.letter_end or found.signatures or found.title:
        found.body = "".join(html.tostring(child, encoding="unicode") for child in root)
    if is_in_capitals(found.title):
        found.title_offer = sentence_case(found.title, [found.lead, plain_text(found.body), *names])
    return found


def _take_title(root: Any) -> str:
    """Takes the first block; a title in capitals may go on in the next one."""
    title = _line(root[0])
    root[0].drop_tree()
    while len(root) and is_in_capitals(title) and _is_title(root[0]) and is_in_capitals(_line(root[0])):
        longer = f"{title} {_line(root[0])}"
        if len(longer) > TITLE_AT_MOST:
            break
        title = longer
        root[0].drop_tree()
    return title


def _line(block: Any) -> str:
    """Returns the words in one line; a line break is a space."""
    for line_break in block.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    return " ".join(block.text_content().split())


def _is_title(block: Any) -> bool:
    words = block.text_content().strip()
    if not words or len(words) > TITLE_AT_MOST:
        return False
    is_apart = block.tag == "h2" or (block.tag == "p" and (_is_bold(block) or is_in_capitals(words)))
    return is_apart and (block.tag == "h2" or len(words.split()) > 1)


def _is_lead(block: Any) -> bool:
    words = block.text_content().strip()
    if block.tag != "p" or not words or len(words) > LEAD_AT_MOST:
        return False
    return _is_bold(block) or bool(split_source_mark(words)[0])


def _is_bold(block: Any) -> bool:
    strong = "".join(node.text_content() for node in block.iter("strong"))
    return strong.split() == block.text_content().split()
