"""When two names typed as a tag are one tag.

They differ only in case, Unicode form, place of the tone mark, spaces, or signs before and after them
(“#Hoà bình;” is “hòa bình”). A name of several words typed without marks is the tag with marks, when there is
only one such; of a single word the marks decide: “Hoa” is not “Hóa”.
"""

from foundation.language.plain import clean_line
from foundation.language.vietnamese import fold, tone_key


def spell_tag(typed: str) -> str:
    """Returns a tag's name as stored; "" when nothing of it is a letter or digit."""
    name = " ".join(clean_line(typed).split()).lstrip(" #,;").rstrip(" ,;")
    return name if any(map(str.isalnum, name)) else ""


def tag_key(name: str) -> str:
    """Returns what is equal for two spellings of one tag; a name without letters is equal to itself alone."""
    return tone_key(spell_tag(name)) or clean_line(name).strip()


def tag_fold(name: str) -> str:
    """Returns what a name typed without marks is found by: the name without them, if it has several words."""
    spelled = spell_tag(name)
    return fold(spelled) if " " in spelled else tag_key(name)


def has_no_marks(name: str) -> bool:
    """Whether a name is, or was typed, without Vietnamese marks."""
    return fold(name) == " ".join(name.lower().split())
