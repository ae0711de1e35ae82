"""Whether a file was signed by whom it had to be: the person, then the agency (NĐ 30/2020, Điều 5)."""

from collections.abc import Iterable
from typing import Any

from foundation.language.vietnamese import same_word
from signing.models import SignerName

_APOSTROPHES = str.maketrans("’‘ʼ`", "''''")


def why_unexpected(signatures: list[dict[str, Any]], person: str, agency: str) -> str:
    """Return why these signatures, in their order, are not the two that are expected; "" if they are."""
    if len(signatures) != 2:
        return (
            f"Tệp có {len(signatures)} chữ ký; cần đúng hai: {person} ký, rồi {agency} ký bằng chữ ký số "
            "của cơ quan."
        )
    for one, name, what in zip(signatures, (person, agency), ("người ký", "cơ quan"), strict=True):
        if not _is_called(one, name):
            return (
                f"Chứng thư {what} ghi “{one['name']}”, không phải {name}. Nếu đúng là {what} ấy, quản trị "
                "ghi cách viết này ở mục “Tên trên chứng thư” rồi gửi lại tệp."
            )
    return ""


def _is_called(signature: dict[str, Any], name: str) -> bool:
    known = [name, *_spellings(name)]
    return any(_same(signature["name"], one) for one in known)


def _spellings(name: str) -> Iterable[str]:
    """Return how the name is written on certificates, as somebody entered it."""
    return [one.on_certificate for one in SignerName.objects.all() if _same(one.name, name)]


def _same(one: str, other: str) -> bool:
    return same_word(one.translate(_APOSTROPHES), other.translate(_APOSTROPHES))
