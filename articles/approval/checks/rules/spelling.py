"""Words that cannot be Vietnamese syllables: probably typing errors."""

import re
from collections.abc import Iterator

from articles.approval.checks.finding import Finding, advice, rule
from articles.approval.checks.story import CheckedStory, excerpt
from foundation.language.syllables import doubtful_words

MOST = 4


@rule
def misspelled(story: CheckedStory) -> Iterator[Finding]:
    """Skips names: a capitalised word is checked only at the start of a sentence."""
    told: set[str] = set()
    for passage in story.passages:
        for sentence in passage.sentences:
            for word in doubtful_words(sentence):
                if len(told) >= MOST or word in told or len(word) < 2 or _is_name(word, sentence):
                    continue
                told.add(word)
                yield advice(
                    f"“{word}” có thể gõ sai",
                    passage.field,
                    f"Trong câu: “{excerpt(_around(word, sentence))}”",
                    said=word,
                )


def _is_name(word: str, sentence: str) -> bool:
    if not any(letter.isupper() for letter in word):
        return False
    begins = re.match(rf"\W*{re.escape(word)}(?:\s+(\w))?", sentence)
    return not (begins and (begins[1] or "a").islower())


def _around(word: str, sentence: str) -> str:
    """Returns the sentence from about 40 letters before the word."""
    start = max(sentence.find(word) - 40, 0)
    cut = sentence[start:]
    return "… " + cut.split(" ", 1)[-1] if start else cut
