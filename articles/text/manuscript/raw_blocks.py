"""An imported text, whatever program wrote it: blocks that contain blocks or runs of words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby

LEAVES = {"p", "h2", "h3", "figcaption", "caption"}
HEADINGS = {"h2", "h3"}


@dataclass(slots=True)
class TextRun:
    r"""Words with the same formatting. A line break is "\n"."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    font: str = ""
    raised: str = ""  # "sup", "sub" or ""

    @property
    def has_look(self) -> bool:
        return self.bold or self.italic or bool(self.href)

    def saying(self, text: str) -> "TextRun":
        """Returns a run with the same formatting and other words."""
        return TextRun(text, self.bold, self.italic, self.href, self.font, self.raised)


@dataclass(slots=True)
class Marker:
    """The sign that a word processor draws before a list paragraph: “1.”, “a)”, “·”.

    Without `text` only the kind of list is known.
    """

    text: str
    level: int = 1
    is_ordered: bool = False


@dataclass(slots=True)
class RawBlock:
    """A leaf (LEAVES) has `runs`; every other block has `children`."""

    tag: str
    runs: list[TextRun] = field(default_factory=list)
    children: list["RawBlock"] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    marker: Marker | None = None
    continues_item: bool = False  # another paragraph of the list item before it
    is_caption: bool = False  # its style or its first words say that it belongs to a picture

    @property
    def text(self) -> str:
        runs = self.runs
        return runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])

    @property
    def is_leaf(self) -> bool:
        return self.tag in LEAVES

    def saying(self, runs: list[TextRun], marker: Marker | None) -> "RawBlock":
        """Returns a leaf of the same kind with other words."""
        return RawBlock(self.tag, runs, [], self.attributes, marker, self.continues_item)

    def is_empty(self) -> bool:
        if self.tag == "figure":
            return False
        if self.is_leaf:
            return not self.text.strip()
        return self.tag not in {"td", "th", "tr"} and all(child.is_empty() for child in self.children)


def leaves(blocks: Iterable[RawBlock]) -> Iterator[RawBlock]:
    """Yields all leaves, also those in nested blocks."""
    for block in blocks:
        if block.is_leaf:
            yield block
        else:
            yield from leaves(block.children)


def without_empty(blocks: list[RawBlock]) -> list[RawBlock]:
    """Returns the blocks without empty paragraphs, lists and tables; tables keep their empty cells."""
    kept = []
    for block in blocks:
        block.children = without_empty(block.children)
        if not block.is_empty():
            kept.append(block)
    return kept


def lines(runs: list[TextRun]) -> list[list[TextRun]]:
    """Returns the runs split at line breaks."""
    cut: list[list[TextRun]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        if first:
            cut[-1].append(run.saying(first) if others else run)
        cut += [[run.saying(other)] if other else [] for other in others]
    return cut


def joined(parts: Iterable[list[TextRun]]) -> list[TextRun]:
    """Returns the lines as one list of runs with line breaks between them."""
    runs: list[TextRun] = []
    for number, part in enumerate(parts):
        runs += [TextRun("\n"), *part] if number else part
    return runs


# --- HTML -------------------------------------------------------------------------------------------


def to_html(blocks: Iterable[RawBlock]) -> str:
    """Returns simple HTML that still needs `clean_body`."""
    return "".join(_block_html(block) for block in blocks)


def _block_html(block: RawBlock) -> str:
    if not (said := block.attributes):
        return f"<{block.tag}>{_inside(block)}</{block.tag}>"
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in said.items())
    return f"<{block.tag}{attributes}>{_inside(block)}</{block.tag}>"


def _inside(block: RawBlock) -> str:
    if block.is_leaf:
        return _runs_html(block)
    children = block.children
    paragraphs = sum(child.tag == "p" for child in children)
    if block.tag in {"li", "td", "th"} and paragraphs == 1 and children[0].tag == "p":
        return _runs_html(children[0]) + to_html(children[1:])
    return to_html(children)


def _runs_html(block: RawBlock) -> str:
    if len(block.runs) == 1 and not block.runs[0].has_look:
        return _lines_html(block.runs[0].text)
    runs = _with_spaces_settled(block.runs)
    if block.tag in HEADINGS and all(run.bold for run in runs if run.text.strip()):
        runs = [replace(run, bold=False) for run in runs]
    html = ""
    for href, linked in groupby(runs, key=lambda run: run.href):
        inner = _look_html(list(linked))
        html += f'<a href="{escape(href)}">{inner}</a>' if href else inner
    return html


def _look_html(runs: list[TextRun]) -> str:
    html = ""
    for bold, same_weight in groupby(runs, key=lambda run: run.bold):
        inner = ""
        for italic, same in groupby(same_weight, key=lambda run: run.italic):
            text = _lines_html("".join([run.text for run in same]))
            inner += f"<em>{text}</em>" if italic else text
        html += f"<strong>{inner}</strong>" if bold else inner
    return html


def _lines_html(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _with_spaces_settled(runs: list[TextRun]) -> list[TextRun]:
    """A space between two runs with the same formatting has it too; any other space has none."""
    settled: list[TextRun] = []
    said = iter([run for run in runs if run.text and not run.text.isspace()])
    after = next(said, TextRun(""))  # the next run with words
    for run in runs:
        if run.text.isspace():
            before = settled[-1] if settled else TextRun("")
            same_link = before.href if before.href == after.href else ""
            settled.append(
                TextRun(run.text, before.bold and after.bold, before.italic and after.italic, same_link)
            )
        elif run.text:
            settled.append(run)
            after = next(said, TextRun(""))
    return settled
