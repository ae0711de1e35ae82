"""Recognise and convert text typed in a font from before Unicode.

Old Word files use TCVN3 (ABC; fonts .VnTime, .VnTimeH) or VNI (fonts VNI-Times); a browser shows their bytes
as Latin-1. A paragraph is converted only when every letter can occur in such text and conversion turns
clearly more of its words into Vietnamese syllables. Call this before cleaning: TCVN3 writes ư as a soft
hyphen, which sanitizers remove.
"""

import re
from collections import Counter
from enum import StrEnum
from functools import lru_cache

from foundation.language.syllables import is_known_word
from foundation.language.vietnamese import fold


class Encoding(StrEnum):
    """The two encodings of old Vietnamese fonts."""

    TCVN3 = "tcvn3"
    VNI = "vni"


# Bytes A1-FF of TCVN 5712:1993 (VN3), read as Latin-1. The five combining tones B0-B4 are left out:
# no editor wrote them, and ° ² ³ occur in real texts.
_TCVN3 = str.maketrans(
    dict(zip(range(0xA1, 0xB0), "ĂÂÊÔƠƯĐăâêôơưđẰ", strict=True))
    | dict(
        zip(
            range(0xB5, 0x100),
            "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
            strict=True,
        )
    )
)


def _vni_pairs() -> dict[str, str]:
    """Return the pairs base letter + mark letter; the case of the base letter decides the case."""
    rows = [
        ("aeouyôö", "ùøûõï", {"a": "áàảãạ", "e": "éèẻẽẹ", "o": "óòỏõọ", "u": "úùủũụ", "y": "ýỳỷỹ",
                              "ô": "ớờởỡợ", "ö": "ứừửữự"}),
        ("aeo", "âáàåãä", {"a": "âấầẩẫậ", "e": "êếềểễệ", "o": "ôốồổỗộ"}),
        ("a", "êéèúüë", {"a": "ăắằẳẵặ"}),
    ]  # fmt: skip
    pairs: dict[str, str] = {}
    for bases, marks, letters in rows:
        for base in bases:
            for mark, letter in zip(marks, letters[base], strict=False):  # y has no pair for nặng: î
                pairs |= {base + mark: letter, base + mark.upper(): letter}
                pairs |= {base.upper() + mark: letter.upper(), (base + mark).upper(): letter.upper()}
    return pairs


_VNI_SINGLE = dict(zip("ñôöíìæóòîÑÔÖÍÌÆÓÒÎ", "đơưíìỉĩịỵĐƠƯÍÌỈĨỊỴ", strict=True))
_VNI = _vni_pairs() | _VNI_SINGLE
# Pairs come first: in "öø" the ö belongs to its mark.
_VNI_LETTER = re.compile("|".join([*_vni_pairs(), *_VNI_SINGLE]))

# Letters and marks that neither encoding can show as Latin-1.
_UNICODE_LETTER = re.compile("[\u1ea0-\u1ef9đĐăĂơƠưƯĩĨũŨ\u0300-\u036f]")
_LEGACY_LETTER = re.compile("[\u00a1-\u00ff]")
_LEGACY_WORD = re.compile(r"(?<!\S)[^\s\u00a1-\u00ff]{0,31}[\u00a1-\u00ff]\S*")
_WORD_EDGE = re.compile(r"[\s!-/:-@\[-`{-~\u2010-\u2027]+")
# Measured on 8,700 paragraphs of news: no false alarm, and 99.7 % of their legacy forms are found.
_LEAST_GAIN, _LEAST_SHARE = 0.15, 0.6
_SOFT_HYPHEN = "\u00ad"
_LONGEST_WORD = 32  # keeps long texts out of the caches
_LEAST_CHANGED = 2  # one word alone may be a foreign name: "Thaï" is Thạ in VNI
# No language writes these inside a word, so one word is enough: "V¨n", "NguyÔn".
# VNI's letters mostly occur in names of other languages, too: Thaï, Seán, Zoë. These pairs do not.
_ONLY_IN_VNI = re.compile("(?i:[aeo][âàåã]|[aeouy][øûõ]|[uy]ù|[öô][ùøûõ]|öô|aê)")
_ONLY_IN_TCVN3 = re.compile("[^\\W\\d_][\u00a1-\u00bf]|[a-z][\u00c0-\u00de]")
_CERTAIN = {Encoding.TCVN3: _ONLY_IN_TCVN3, Encoding.VNI: _ONLY_IN_VNI}


def decode(text: str, encoding: Encoding) -> str:
    """Return what the text shows in a font of that encoding; nothing is checked."""
    if encoding is Encoding.TCVN3:
        return text.translate(_TCVN3)
    return _VNI_LETTER.sub(lambda match: _VNI[match[0]], text)


def detect(paragraph: str) -> Encoding | None:
    """Return the encoding one paragraph, or a run of words, was typed in; None for Unicode or doubt."""
    if not _LEGACY_LETTER.search(paragraph) or _UNICODE_LETTER.search(paragraph):
        return None
    before = _share(paragraph)
    shares = {encoding: _share(decode(paragraph, encoding)) for encoding in Encoding}
    best = max(shares, key=lambda found: (shares[found], bool(_CERTAIN[found].search(paragraph))))
    if shares[best] < max(before + _LEAST_GAIN, _LEAST_SHARE):
        return None
    if _CERTAIN[best].search(paragraph):
        return best
    changed = sum(decode(word, best) != word for word in paragraph.split())
    return best if changed >= _LEAST_CHANGED else None


def font_encoding(font: str) -> Encoding | None:
    """Return the encoding a font name stands for: .VnTime and its family, VNI-Times and its family."""
    name = font.strip("\"' ").lower()
    if name.startswith(".vn"):
        return Encoding.TCVN3
    return Encoding.VNI if name.startswith("vni-") else None


def repair(text: str, font: str = "") -> str:
    """Return the text with every legacy paragraph or run of words converted to Unicode.

    `font` is the font name of the pasted text. With it, a conversion need only not lose syllables, and the
    capital fonts (.VnTimeH) give capitals. Without it, a paragraph too short to judge follows the others.
    """
    if not _LEGACY_LETTER.search(text):
        return text
    paragraphs = text.splitlines(keepends=True)
    by_font = font_encoding(font)
    known = by_font or next((found for found in map(detect, paragraphs) if found), None)
    capitals = by_font is Encoding.TCVN3 and font.strip("\"' ").lower().endswith("h")
    return "".join(
        _repair_runs(paragraph)
        if _UNICODE_LETTER.search(paragraph)
        else _repair_paragraph(paragraph, known, 0 if by_font else _LEAST_SHARE, capitals)
        for paragraph in paragraphs
    )


def _decode_both(pieces: list[str]) -> list[str] | None:
    """Decode a line that mixes both encodings word by word; None for a line that does not.

    A word that reads in both ways, or also undecoded, follows the one before it; one that reads in neither
    stays as it is, so that somebody sees it.
    """
    by_piece = {piece: _encodings_of(piece) for piece in set(pieces)}
    ways = [by_piece[piece] for piece in pieces]
    certain = [found[0] for found in ways if len(found) == 1]
    if len(set(certain)) < len(Encoding):
        return None
    current, decoded = certain[0], []
    for piece, found in zip(pieces, ways, strict=True):
        current = found[0] if len(found) == 1 else current
        written = decode(piece, current) if _LEGACY_LETTER.search(piece) else piece
        decoded.append(written if found or _share(written) == 1 else piece)
    before, after = _share("".join(pieces)), _share("".join(decoded))
    return decoded if after >= max(before + _LEAST_GAIN, _LEAST_SHARE) else None


def _encodings_of(piece: str) -> list[Encoding]:
    if len(piece) > _LONGEST_WORD or not _LEGACY_LETTER.search(piece):
        return []
    return [encoding for encoding in Encoding if _becomes_readable(piece, encoding)]


def _repair_paragraph(paragraph: str, known: Encoding | None, least: float, capitals: bool) -> str:
    if least and (decoded := _decode_both(re.split(r"(\s+)", paragraph))):
        return "".join(decoded)
    encoding = detect(paragraph)
    if not encoding and known and _share(decode(paragraph, known)) >= max(_share(paragraph), least):
        encoding = known
    if not encoding:
        return paragraph
    text = decode(paragraph, encoding)
    return text.upper() if capitals else text


def _repair_runs(paragraph: str) -> str:
    """Decode the legacy runs of a mixed paragraph, each from its first clearly legacy word to its last.

    A word that is correct both ways ("và") is unchanged at the edge of a run and decoded inside it.
    """
    if not any(_is_suspect(word) for word in _LEGACY_WORD.findall(paragraph)):
        return paragraph
    pieces = re.split(r"(\s+)", paragraph)
    ends = [i for i, piece in enumerate(pieces) if _UNICODE_LETTER.search(piece)] + [len(pieces)]
    start = 0
    for end in ends:
        pieces[start:end] = _repair_run(pieces[start:end])
        start = end + 1
    return "".join(pieces)


def _repair_run(pieces: list[str]) -> list[str]:
    if decoded := _decode_both(pieces):
        return decoded
    for encoding in Encoding:
        plain = [
            i
            for i, word in enumerate(pieces)
            if len(word) <= _LONGEST_WORD and _becomes_readable(word, encoding)
        ]
        if plain:
            first, last = plain[0], plain[-1] + 1
            if detect("".join(pieces[first:last])) is encoding:
                words = [decode(word, encoding) for word in pieces[first:last]]
                return pieces[:first] + words + pieces[last:]
    return pieces


def _share(text: str) -> float:
    """Return the share (0 to 1) of words that are Vietnamese; numbers and abbreviations do not count."""
    words = Counter(filter(None, _WORD_EDGE.split(text)))  # each word is judged once, however often it stands
    counted = {word: count for word, count in words.items() if not _is_neutral(word)}
    read = sum(count for word, count in counted.items() if _reads(word))
    return read / sum(counted.values()) if counted else 0.0


def _reads(word: str) -> bool:
    # A capital inside a lower-case word is a sign of legacy text, not a spelling ("thÝ" is thí); so is a soft
    # hyphen, which is ư ("m\u00ada" is mưa).
    if _SOFT_HYPHEN in word or word[1:] not in (word[1:].lower(), word[1:].upper()):
        return False
    return is_known_word(word)


def _is_neutral(word: str) -> bool:
    if any(char.isdigit() for char in word):
        return True
    return word.isupper() and not set(fold(word)) & set("aeiouy")


@lru_cache(maxsize=8192)
def _is_suspect(word: str) -> bool:
    return len(word) <= _LONGEST_WORD and any(_becomes_readable(word, encoding) for encoding in Encoding)


@lru_cache(maxsize=8192)
def _becomes_readable(word: str, encoding: Encoding) -> bool:
    decoded = decode(word, encoding)
    parts = [part for part in _WORD_EDGE.split(decoded) if part]
    readable = all(_is_neutral(part) or _reads(part) for part in parts)
    return decoded != word and readable and _share(word) < 1
