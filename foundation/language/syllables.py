"""Decide whether a word can be a Vietnamese syllable: a hint for writers, and the test of a conversion.

A syllable is onset + rime + at most one tone. The lists follow today's orthography: c/k, g/gh and ng/ngh by
the vowel, stop codas with sắc or nặng only, iê after an onset and yê without one. Words of other languages of
the province and loan words are a separate list: known, but no syllables.
"""

import re
import unicodedata
from functools import lru_cache

from foundation.language.vietnamese import ACUTE, DOT_BELOW, TONES, fold, nfc

_ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_FRONT_VOWELS = "eêiy"
_FRONT_ONLY, _NEVER_FRONT = ("k", "gh", "ngh"), ("c", "g", "ng")

_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu  iêc iêm iên iêng iêp iêt iêu  y yêm yên yêng yêt yêu
    o oc oi om on ong op ot  oa oac oach oai oam oan oang oanh oao oap oat oay  oăc oăm oăn oăng oăt
    oe oen oeo oet  ooc oong  ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
    u ua uc ui um un up ung ut  uân uâng uât uây  uê uêch uênh  uơ
    uôc uôi uôm uôn uông uôt  uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ưt ưu  ươc ươi ươm ươn ương ươp ươt ươu
    """.split()
)
# After qu the letter u is the glide; the rest is a rime of its own.
_RIMES_AFTER_QU = frozenset(
    """
    a ac ach ai an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  ân âng ât âu ây
    e en eo et  ê ên êch ênh êt êu  i ich in inh it  ôc  ơ ơi ơn ơt  y ych yên yêt ynh yt yp
    """.split()
)
_STOPS = ("c", "ch", "p", "t")
_STOP_TONES = (ACUTE, DOT_BELOW)

# Folded, without apostrophes: places, peoples and family names of the highlands, then loan words.
KNOWN_WORDS = frozenset(
    """
    dak lak pak buk pok bhok rok knuec knop drong pong bhang dlie nuol cuor pal khal rve kuin kar tul
    kly jut krong dakrong mgar hleo mdrak drak dram kon kmar wy blang drang drei kan hre kong
    ko ede mnong jrai nie mlo bya ebuol eban kdam kbuor knul ktul ayun adrong hmok rcam ksor
    oto moto noilong nilong modun beton bangron cangtin tangxong ximang xeri dola lenin
    """.split()
)
_LONGEST = 16  # "nghiêng" decomposed has 8; the limit also keeps long texts out of the cache
_LETTERS = re.compile(r"[^\W\d_]+(?:['’‘ʼ][^\W\d_]+)*")
_APOSTROPHES = re.compile("['’‘ʼ]")


def is_syllable(word: str) -> bool:
    """Return whether one word, in any case and normal form, is spelled as a Vietnamese syllable.

    The place of the tone mark is not checked (hoà, hòa), nor whether the syllable has a meaning.
    """
    return len(word) <= _LONGEST and _is_spelled(word)


@lru_cache(maxsize=8192)
def _is_spelled(word: str) -> bool:
    tones, letters = _apart(word)
    if len(tones) > 1 or not letters:
        return False
    tone = tones[0] if tones else ""
    return any(_fits(onset, letters[len(onset) :], tone) for onset in _ONSETS if letters.startswith(onset))


def is_known_word(word: str) -> bool:
    """Return whether a word is a syllable or in the list of place names, peoples and loan words."""
    return is_syllable(word) or _APOSTROPHES.sub("", fold(word)) in KNOWN_WORDS


def doubtful_words(text: str) -> list[str]:
    """Return the words of a text that may be misspelt, without repeats, in order: a hint, never a block.

    Only words with a Vietnamese mark are checked: "trưòng" and "khiếnngười" are returned, Google and
    abbreviations in capitals (HĐND) are not.
    """
    words = dict.fromkeys(_LETTERS.findall(nfc(text)))
    return [word for word in words if not (word.isascii() or word.isupper() or is_known_word(word))]


def _apart(word: str) -> tuple[list[str], str]:
    """Split a word into its tones and its letters without tones."""
    marks = unicodedata.normalize("NFD", nfc(word).lower())
    tones = [mark for mark in marks if mark in TONES]
    return tones, unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))


def _fits(onset: str, rime: str, tone: str) -> bool:
    if rime.endswith(_STOPS) and tone not in _STOP_TONES:
        return False
    if onset == "qu":
        return rime in _RIMES_AFTER_QU
    if rime not in _RIMES:
        return False
    if rime[0] == "i" and onset == "g":
        return True  # gì and giếng write the i of gi and the i of the rime once
    if rime[0] in _FRONT_VOWELS:
        fits = onset not in _NEVER_FRONT
    else:
        fits = onset not in _FRONT_ONLY
    if rime.startswith("iê"):
        return fits and onset != ""
    return fits and not (rime.startswith("yê") and onset)
