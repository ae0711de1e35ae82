"""Which lines say of themselves that they stand under a picture: “Ảnh 1: …”, “Hình 2. …”."""

import re

LONGEST = 300  # letters of a caption
_NUMBERED = re.compile(r"(?i)\A\(?(?:ảnh|hình)(?:\s+minh họa)?\s*[0-9]{0,3}\s*[:.–—-]\s*\S")


def names_a_picture(line: str) -> bool:
    """Whether the line is short and begins as a caption does."""
    line = line.strip()
    return len(line) <= LONGEST and bool(_NUMBERED.match(line))
