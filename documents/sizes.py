"""The size of a file in words."""

from foundation.language.numbers import format_number


def size_words(size: int) -> str:
    """Return “412 KB”, “1,2 MB”: rounded."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{format_number(size / (1024 * 1024), decimals=1).removesuffix(',0')} MB"
