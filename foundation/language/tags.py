"""When two names typed as a tag are one tag.

They differ only in case, Unicode form, place of the tone mark, spaces, or signs before and after them
(“#Hoà bình;” is “hòa bình”). A name typed without marks is the tag with marks, when there is only one such.
"""

from foundation.language.plain import clean_line
from foundation.language.vietnamese import fold, tone_key


def spell_tag(typed: str) -> str:
    """Returns a tag's name as stored; "" when nothing of it is a letter or digit."""
    name = " ".join(clean_line(typed).split()).lstrip(" #,;").rstrip(" ,;")
    return name if any(map(str.isalnum, name)) else ""


def tag_key(name: str) -> str:
    """Returns what is equal for two spellings of one tag."""
    return tone_key(spell_tag(name))


def tag_fold(name: str) -> str:
    """Returns the name without marks, by which a name typed without them is found."""
    return fold(spell_tag(name))


def has_no_marks(name: str) -> bool:
    """Whether a name is, or was typed, without Vietnamese marks."""
    return fold(name) == " ".join(name.lower().split())
