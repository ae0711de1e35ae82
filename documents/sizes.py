"""How the size of a file is said before it is downloaded."""

from foundation.language.numbers import format_number


def size_words(size: int) -> str:
    """“412 KB”, “1,2 MB”: rounded as readers speak of files."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{format_number(size / (1024 * 1024), decimals=1).removesuffix(',0')} MB"
