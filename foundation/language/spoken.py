"""Say a sum in words, as payment lists end: “Năm triệu ba trăm hai mươi nghìn đồng”."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
LARGEST = 10**15 - 1


def say_dong(amount: int) -> str:
    """Return the sum in words, with “đồng”. Raises ValueError below nought or above 10^15."""
    if not 0 <= amount <= LARGEST:
        raise ValueError(f"cannot be said: {amount}")
    words = _say(amount) or "không"
    return f"{words[:1].upper()}{words[1:]} đồng"


def _say(number: int) -> str:
    milliards, rest = divmod(number, 10**9)
    parts = [f"{_say(milliards)} tỷ"] if milliards else []
    for place in (2, 1, 0):
        group = rest // 1000**place % 1000
        if group:
            parts.append(f"{_say_group(group, is_first=not parts)} {_GROUPS[place]}".strip())
    return " ".join(parts)


def _say_group(group: int, *, is_first: bool) -> str:
    """Return three digits; those behind a larger group also say their noughts: “không trăm linh năm”."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [] if is_first and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        words += ["linh", _DIGITS[ones]] if ones and words else [_DIGITS[ones]] if ones else []
        return " ".join(words)
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        words.append(_last_digit(tens, ones))
    return " ".join(words)


def _last_digit(tens: int, ones: int) -> str:
    if ones == 5:
        return "lăm"
    if ones == 1 and tens > 1:
        return "mốt"
    return _DIGITS[ones]
