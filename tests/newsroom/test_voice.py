"""One voice: what the office and readers are told is worded as an office words it, wherever it stands."""

import ast
import re

from tests.architecture import ROOT, python_files

# What a native reader stumbles over, and what an office says instead.
INSTEAD = {
    r"[Ll]ời báo\b": "thông báo, nội dung đính chính",
    r"Lịch công tác": "Lịch sự kiện",
    r"\bcó tay bạn\b": "do bạn viết, sửa hoặc gửi",
    r"Nửa số lần": "trung vị",
    r"Đơn vị, con người": "Đơn vị, nhân sự",
    r"[Đđ]ường duyệt": "quy trình duyệt",
    r"[Đđ]ọc lần hai": "duyệt lần hai",
    r"[Dd]ấu niêm\b": "mã niêm phong",
    r"[Ss]ổ kiểm tra": "nhật ký kiểm toán",
    r"tìm (này )?quá rộng": "từ khóa quá chung",
    r"\bchưa ưng": "chưa đạt",
    r"Trưởng Ban truyền thông": "Trưởng ban Truyền thông",
    r"Địa chỉ không đọc được": "Địa chỉ không hợp lệ",
    r"[Mm]áy (viết|soát|nhắc|hỏi|đoán)": "hệ thống …",
    r"người chụp": "tác giả ảnh",
    r"\b[Tt]oà\b|\b[Uu]ỷ\b|\b[Hh]oà\b|\b[Kk]hoẻ\b|\b[Tt]huỷ\b|\b[Hh]uỷ\b": "tòa, ủy, hòa, khỏe, thủy, hủy",
}
# These read such words, or hold what others typed.
READERS = (
    "articles/approval/checks/rules/recognition.py",
    "awards/columns.py",
    "foundation/language/",
    "foundation/search/",
    "accounts/guessable_words.txt",
)


def spoken():
    """(place, words) of every string, template, script and guide of the product, docstrings aside."""
    for path in python_files():
        tree = ast.parse(path.read_text())
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        name = str(path.relative_to(ROOT))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                yield f"{name}:{node.lineno}", node.value
    for pattern in ("templates/**/*.html", "templates/**/*.txt", "static/js/**/*.js", "docs/huong-dan/*.md"):
        for path in ROOT.glob(pattern):
            if "vendor" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text()


def test_the_words_of_the_office_are_those_an_office_uses():
    wrong = re.compile("|".join(f"(?:{pattern})" for pattern in INSTEAD))
    found = [
        (place, hit[0])
        for place, words in spoken()
        if "/migrations/" not in place and not place.startswith(READERS)
        for hit in wrong.finditer(words)
    ]
    assert found == []


def test_a_planted_word_would_be_found():
    wrong = re.compile("|".join(f"(?:{pattern})" for pattern in INSTEAD))
    for words in ("Chưa lưu: xem lời báo ở từng ô.", "Huỷ", "toà nhà", "Bài chờ đọc lần hai", "Máy nhắc"):
        assert wrong.search(words), words
    for words in ("toàn trường", "hoàn thành", "Hủy", "Thông báo", "máy tính"):
        assert not wrong.search(words), words
