"""The words of a list of people: titles as schools shorten them, roles, mail domains as they are mistyped."""

import re
from functools import cache

from accounts.roles import Role
from foundation.language.vietnamese import fold

# What stands in a cell → the title it means. Compared without marks, points and spaces.
_SHORT_TITLES = {
    "Hiệu trưởng": ("ht", "htr"),
    "Phó Hiệu trưởng": ("pht", "phieutruong", "phtr", "hp", "hieupho"),
    "Giám đốc": ("gd",),
    "Phó Giám đốc": ("pgd", "pgiamdoc"),
    "Trưởng phòng": ("tp",),
    "Phó Trưởng phòng": ("ptp", "ptruongphong", "phophong"),
    "Giáo viên": ("gv",),
    "Tổ trưởng chuyên môn": ("ttcm",),
    "Tổng phụ trách Đội": ("tpt", "tptd", "tptdoi"),
    "Nhân viên": ("nv",),
    "Chuyên viên": ("cv",),
    "Cộng tác viên": ("ctv",),
}
_BY_SHORT = {short: title for title, shorts in _SHORT_TITLES.items() for short in shorts}
# Beginnings of titles, folded; the longest that fits decides.
_ROLES: dict[str, Role] = {
    **dict.fromkeys(("hieu truong", "giam doc", "truong phong", "quyen hieu truong"), Role.HEAD),
    **dict.fromkeys(("q. hieu truong", "quyen giam doc", "quyen truong phong"), Role.HEAD),
    **dict.fromkeys(("pho hieu truong", "pho giam doc", "pho truong phong"), Role.DEPUTY),
    **dict.fromkeys(("giao vien", "to truong", "to pho", "tong phu trach", "nhan vien"), Role.COLLABORATOR),
    **dict.fromkeys(("van thu", "ke toan", "thu vien", "chuyen vien", "cong tac vien"), Role.COLLABORATOR),
    **dict.fromkeys(("bi thu doan", "giao vu", "thu ky hoi dong", "can bo"), Role.COLLABORATOR),
}
_ROLE_WORDS: dict[str, str] = {
    **{fold(role.label): role.value for role in Role},
    **dict.fromkeys(("ctv", "nguoi viet"), Role.COLLABORATOR),
    **dict.fromkeys(("truong", "nguoi duyet", "thu truong"), Role.HEAD),
    **dict.fromkeys(("pho", "cap pho"), Role.DEPUTY),
    **dict.fromkeys(("bien tap", "bien tap vien", "btv"), Role.DESK_EDITOR),
    **dict.fromkeys(("thu ky",), Role.MANAGING_EDITOR),
    **dict.fromkeys(("van thu", "thi dua"), Role.REGISTRAR),
    **dict.fromkeys(("quan tri vien",), Role.ADMINISTRATOR),
    **dict.fromkeys(("", "-", "khong", "khong giu vai tro", "khong co"), ""),
}
_MAIL_HOSTS = ("gmail.com", "yahoo.com", "hotmail.com", "outlook.com")
_REAL_HOSTS = {"mail.com", "email.com", "ymail.com", "fmail.com", "yahoo.co"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz.-"


def full_title(cell: str) -> str:
    """Return the title in full: “P.HT” is Phó Hiệu trưởng. Unknown words stay as they are."""
    return _BY_SHORT.get(re.sub(r"[^a-z0-9]", "", fold(cell)), cell)


def role_of_title(title: str) -> Role | None:
    """Return the role that goes with a full title; None if the title does not say."""
    words = fold(title)
    fits = [beginning for beginning in _ROLES if re.match(rf"{re.escape(beginning)}\b", words)]
    return _ROLES[max(fits, key=len)] if fits else None


def role_of_word(cell: str) -> str | None:
    """Return the role that a cell names, "" for none; None if the word is unknown."""
    return _ROLE_WORDS.get(fold(cell))


def meant_host(host: str) -> str:
    """Return the mail host that was surely meant, gmail.com for “gmail.con”; "" if the host may be right."""
    if host in _MAIL_HOSTS or host in _REAL_HOSTS:
        return ""
    if host.startswith("gmail."):  # there is no gmail.vn, no gmail.com.vn
        return "gmail.com"
    return next((known for known in _MAIL_HOSTS if host in _slips(known)), "")


@cache
def _slips(word: str) -> frozenset[str]:
    """Return the words one slip away: a letter left out, doubled, exchanged with its neighbour or another."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    missing = {left + right[1:] for left, right in cuts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    other = {left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS}
    more = {left + letter + right for left, right in cuts for letter in _LETTERS}
    return frozenset(missing | swapped | other | more)
