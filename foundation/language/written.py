"""What goes out contains no sign that no document may contain, whatever an old row holds.

The door (`foundation.language.plain`) keeps such signs out today. A row from before it, or one written around
it, must not make a feed unreadable or a page fail for every reader: its sign is left out, and the log names
the record once. Clean text costs one look at the finished document.
"""

import json
import logging
import re
from functools import lru_cache
from typing import Any

from foundation.language.signs import UNWRITABLE

log = logging.getLogger("newsroom.text")
_AROUND = 40  # letters on each side of the sign, by which a person finds the record
_LOW = bytes({*range(32), 127} - {9, 10, 13})
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
# Where U+FDD0 to U+FDEF and the last two of every plane may stand; what is found is looked at again.
_PERHAPS = (b"\xef\xb7", b"\xbf\xbe", b"\xbf\xbf")
_NAMES = ("url", "@id", "id", "link", "unique_id")


def writable(text: str, record: str) -> str:
    """Returns the text as an XML, HTML or JSON document may contain it; `record` is named in the log."""
    found = UNWRITABLE.search(text)
    if found is None:
        return text
    at = found.start()
    around = UNWRITABLE.sub("", text[max(0, at - _AROUND) : at + _AROUND])
    _tell(record, f"U+{ord(found[0]):04X}", " ".join(around.split()))
    return UNWRITABLE.sub("", text)


def writable_bytes(document: bytes, record: str) -> bytes:
    """Returns a finished document in UTF-8 without such signs."""
    is_low = len(document.translate(None, _LOW)) != len(document)
    if not is_low and not _C1.search(document) and not any(sign in document for sign in _PERHAPS):
        return document
    text = document.decode(errors="replace")
    written = writable(text, record)
    return document if written is text else written.encode()


def writable_data(data: Any, record: str) -> Any:
    """Returns lists, tuples and dictionaries with every text inside them writable. A dictionary that says its
    own address is the record.
    """
    if isinstance(data, str):
        return writable(data, record)
    if isinstance(data, dict):
        own = next((str(data[name]) for name in _NAMES if data.get(name)), record)
        return {key: writable_data(value, own) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [writable_data(value, record) for value in data]
    return data


def write_json(data: Any, record: str, **how: Any) -> str:
    """Returns the data as JSON (arguments of `json.dumps`; letters stay letters)."""
    text = json.dumps(data, ensure_ascii=False, **how)
    if "\\u00" not in text and UNWRITABLE.search(text) is None:
        return text
    return json.dumps(writable_data(data, record), ensure_ascii=False, **how)


@lru_cache(maxsize=1024)  # once for each process
def _tell(record: str, sign: str, words: str) -> None:
    log.warning("%s: left out %s, which no document may contain, near “%s”", record, sign, words)
