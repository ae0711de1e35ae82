"""Descriptions of pictures that no person wrote: names of files, “Picture 1”, guesses of a program."""

import re

_BY_MACHINE = re.compile(
    r"(?i)description automatically generated|ai[- ]generated content|automatically generated description"
    r"|mô tả (?:được )?(?:tự động )?tạo (?:ra )?(?:một cách )?tự động"
    r"|mô tả (?:được )?tự động tạo|mô tả tự động"
    r"|nội dung (?:được tạo bởi|do) (?:ai|trí tuệ nhân tạo)|do ai tạo"
    r"|\A(?:may be an? |có thể là (?:hình ảnh|ảnh|hình vẽ|đồ họa))"
    r"|\A(?:no (?:photo )?description available|không có mô tả)"
    r"|\A(?:a picture containing|hình ảnh có chứa|ảnh có chứa|a (?:close[- ]up|screenshot) of)\b"
)
_FILE = re.compile(
    r"(?i)\A(?:[a-z]:[\\/]|\\\\|file:|https?://|/\w)"
    r"|\.(?:jpe?g|jfif|png|gif|bmp|tiff?|webp|heic|avif|svg|wmf|emf)\s*\Z"
    r"|\A(?:img|dsc[nf]?|image|anh|photo|pic|p|z|fb_img|screenshot|pxl|received)?[-_ ]?"
    r"[0-9][0-9a-f_-]{3,}\s*\Z"
)
_NUMBERED = re.compile(
    r"(?i)\A(?:picture|image|graphic|photo|figure|object|shape|group|diagram|chart|text ?box|logo"
    r"|ảnh|hình ảnh|hình|bức ảnh|đồ họa|đối tượng|hộp văn bản|biểu đồ|nhóm|untitled|không tên)"
    r"\s*[-_.:#]?\s*(?:\(?[0-9]{0,4}\)?)\s*\Z"
)


def written_alt(alt: str) -> str:
    """Returns the description in one line; "" when a program wrote it and no person."""
    line = " ".join(alt.split())
    is_made = _BY_MACHINE.search(line) or _FILE.search(line) or _NUMBERED.match(line)
    return "" if is_made else line
