"""The reading that stands small above a word (“漢” with “hán”, HTML's ruby), written behind it in brackets.

A story has no ruby; put on the line as it stands, the reading would become a part of the word: “漢hán”.
"""

from lxml.html import HtmlElement


def write_readings(root: HtmlElement) -> list[str]:
    """Write every reading of the tree in brackets. Returns each with its word: “漢 (hán)”."""
    told: list[str] = []
    for ruby in list(root.iter("ruby")):
        for bracket in ruby.findall(".//rp"):  # for programs that know no readings
            bracket.drop_tree()
        for reading in ruby.findall(".//rt"):
            if said := " ".join(reading.text_content().split()):
                told.append(f"{_word_of(reading)} ({said})".strip())
                for child in list(reading):
                    reading.remove(child)
                reading.text = f" ({said})"
    return told


def _word_of(reading: HtmlElement) -> str:
    before = reading.getprevious()
    if before is None:
        return " ".join((reading.getparent().text or "").split())
    return " ".join((before.tail or (before.text_content() if before.tag != "rt" else "")).split())
