"""Converts text typed in fonts from before Unicode, run by run, and keeps its formatting."""

from collections import Counter
from dataclasses import replace

from articles.text.manuscript.raw_blocks import RawBlock, TextRun, leaves
from foundation.language.legacy import Encoding, decode, font_encoding, repair


def bring_to_unicode(blocks: list[RawBlock]) -> Counter[Encoding]:
    """Convert the blocks in place. Returns the number of changed paragraphs by encoding.

    First by the font that each run names, then by the words themselves, all paragraphs together, so that a
    paragraph too short to judge follows the others.
    """
    changed: Counter[Encoding] = Counter()
    every = [block for block in leaves(blocks) if block.runs]
    for block in every:
        changed.update(_by_font(block))
    if not every:
        return changed
    texts = [block.text.replace("\n", " ") for block in every]
    repaired = repair("\n".join(texts)).split("\n")
    for block, before, after in zip(every, texts, repaired, strict=True):
        if before != after:
            encoding = _encoding_between(before, after)
            block.runs = _look_kept(block.runs, after, encoding)
            changed[encoding] += 1
    return changed


def _by_font(block: RawBlock) -> set[Encoding]:
    found = set()
    for run in block.runs:
        encoding = font_encoding(run.font) if run.font else None
        if encoding:
            text = "\n".join(repair(line, run.font) for line in run.text.split("\n"))
            if text != run.text:
                found.add(encoding)
                run.text = text
    return found


def _encoding_between(before: str, after: str) -> Encoding:
    """Returns the encoding that explains the change; unchanged words are no evidence."""
    pairs = [(old, new) for old, new in zip(before.split(), after.split(), strict=False) if old != new]
    return max(Encoding, key=lambda encoding: sum(decode(old, encoding) == new for old, new in pairs))


def _look_kept(runs: list[TextRun], after: str, encoding: Encoding) -> list[TextRun]:
    """Returns the same runs with the new words; one plain run when they cannot be separated."""
    for way in (lambda text: decode(text, encoding), repair):
        new = [replace(run, text="\n".join(way(line) for line in run.text.split("\n"))) for run in runs]
        if "".join(run.text for run in new).replace("\n", " ") == after:
            return new
    return [TextRun(after)]
