"""Makes a new story's text from a Word file: the text as if pasted, the pictures as photos."""

import io
import zipfile
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.functional import SimpleLazyObject
from lxml import etree, html

from articles.text import pasting
from articles.text.body import parse, plain_text
from departments.models import Department
from documents import docx
from media.uploads import UploadRefused, receive

# Imported on first use, because the library slows the start.
mammoth = SimpleLazyObject(partial(import_module, "mammoth"))
LARGEST = 25 * 1024 * 1024
MOST_TEXT = 12 * 1024 * 1024  # bytes of unpacked XML; a book of a thousand pages has about 6 MB
MOST_PICTURES = 40
TITLE_AT_MOST, LEAD_AT_MOST = 200, 600
_STYLES = """
p[style-name='Title'] => h2:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Quote'] => blockquote > p:fresh
"""


class ImportRefused(Exception):
    """The file cannot be read as a Word text; `message` says what is wrong and what to do."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass
class Imported:
    """The text of the file; `title`, `lead` and `source_mark` only when they are certain."""

    body: str
    title: str = ""
    lead: str = ""
    source_mark: str = ""
    notes: list[str] = field(default_factory=list)


def read_word(file: UploadedFile, *, department: Department, by: Any) -> Imported:
    """Read a .docx and add its pictures to the library of `department`. Call it outside a transaction.

    Raises ImportRefused. The file itself is not stored.
    """
    content = _checked(file)
    notes: list[str] = []
    pictures = _Pictures(department, by, notes)
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(content), style_map=_STYLES, convert_image=mammoth.images.img_element(pictures.take)
        )
    except (*docx.BROKEN, KeyError, AttributeError, RecursionError) as broken:
        raise ImportRefused(_BROKEN) from broken
    settled = pasting.settle(_with_figures(result.value))
    if not plain_text(settled.body) and "<figure" not in settled.body:
        raise ImportRefused("Trong tệp không có chữ nào để đưa vào bài. Hãy mở tệp kiểm lại rồi chọn lại.")
    return with_head(settled.body, [*notes, *settled.notes])


# --- what is refused ---------------------------------------------------------------------------------

_BROKEN = (
    "Tệp Word hỏng hoặc không đúng định dạng nên không mở được. "
    "Hãy mở bằng Word, lưu lại thành .docx rồi chọn lại."
)


def _checked(file: UploadedFile) -> bytes:
    if file.size > LARGEST:
        raise ImportRefused("Tệp nặng quá 25 MB. Hãy bỏ bớt ảnh trong tệp, chèn ảnh sau bằng nút Chèn ảnh.")
    content = file.read()
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ImportRefused(
            "Đây là tệp Word kiểu cũ (.doc) hoặc có mật khẩu. Hãy lưu lại thành .docx rồi chọn lại."
        )
    if not content.startswith(b"PK\x03\x04"):
        raise ImportRefused("Đây không phải tệp Word .docx. Hãy chọn tệp có đuôi .docx.")
    if wrong := docx.problem(io.BytesIO(content)):
        raise ImportRefused(wrong)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _check_parts(parts)
    except (*docx.BROKEN, zipfile.LargeZipFile, RuntimeError) as broken:
        raise ImportRefused(_BROKEN) from broken
    return content


def _check_parts(parts: zipfile.ZipFile) -> None:
    """Refuses XML that unpacks too large or declares entities: the XML parser does not protect against
    attacks.
    """
    texts = [part for part in parts.infolist() if part.filename.endswith((".xml", ".rels"))]
    if sum(part.file_size for part in texts) > MOST_TEXT:
        raise ImportRefused("Nội dung trong tệp dài bất thường nên không mở. Hãy tách tệp thành nhiều phần.")
    for part in texts:
        with parts.open(part) as file:
            head = file.read(MOST_TEXT + 1)
        if len(head) > MOST_TEXT or b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise ImportRefused(
                "Tệp có phần khai báo lạ, có thể gây hại, nên không mở. Hãy lưu lại bằng Word."
            )


# --- pictures -------------------------------------------------------------------------------------------


class _Pictures:
    """Adds each picture of the file to the library. A refused picture is noted and left out."""

    def __init__(self, department: Department, by: Any, notes: list[str]):
        self.department, self.by, self.notes = department, by, notes
        self.count = 0

    def take(self, image: Any) -> dict[str, str]:
        self.count += 1
        if self.count > MOST_PICTURES:
            if self.count == MOST_PICTURES + 1:
                self.notes.append(f"Tệp có nhiều ảnh: chỉ nhận {MOST_PICTURES} ảnh đầu.")
            return {"src": "none"}
        try:
            with image.open() as opened:
                upload = SimpleUploadedFile(f"anh-{self.count}", opened.read())
            photo, _ = receive(upload, department=self.department, uploaded_by=self.by)
        except (UploadRefused, KeyError, OSError) as refusal:
            why = refusal.message if isinstance(refusal, UploadRefused) else "Không đọc được ảnh."
            self.notes.append(f"Ảnh thứ {self.count} trong tệp chưa lấy được: {why}")
            return {"src": "none"}
        return {"src": f"photo:{photo.pk}"}


def _with_figures(markup: str) -> str:
    """Turns pictures into our figures, each with the paragraph in Word's caption style after it."""
    root = parse(markup or "<p></p>")
    for image in list(root.iter("img")):
        source = image.get("src", "")
        if not source.startswith("photo:"):
            image.drop_tree()
            continue
        figure = html.Element("figure", {"data-photo": source.removeprefix("photo:")})
        if image.get("alt"):
            figure.set("data-alt", image.get("alt"))
        block = _block_of(image)
        caption = block.getnext()
        if caption is not None and caption.get("class") == "caption":
            words = etree.SubElement(figure, "figcaption")
            words.text = " ".join(caption.text_content().split())
            caption.drop_tree()
        image.drop_tree()
        block.addnext(figure)
    return "".join(html.tostring(child, encoding="unicode") for child in root)


def _block_of(image: Any) -> Any:
    """Returns the outermost paragraph, list or table that contains the picture."""
    block = image
    while block.getparent().getparent() is not None:
        block = block.getparent()
    return block


# --- title and sapo -----------------------------------------------------------------------------------------


def with_head(body: str, notes: list[str]) -> Imported:
    """Move a certain title and sapo from the beginning of the body; anything doubtful stays in the text."""
    found = Imported(body, notes=notes)
    root = parse(body)
    first = root[0] if len(root) else None
    if first is not None and _is_title(first):
        found.title = " ".join(first.text_content().split())
        first.drop_tree()
        second = root[0] if len(root) else None
        if second is not None and _is_lead(second):
            mark, found.lead = pasting.split_source_mark(" ".join(second.text_content().split()))
            found.source_mark = mark
            second.drop_tree()
        found.body = "".join(html.tostring(child, encoding="unicode") for child in root)
    return found


def _is_title(block: Any) -> bool:
    words = block.text_content().strip()
    if not words or len(words) > TITLE_AT_MOST:
        return False
    return block.tag == "h2" or (block.tag == "p" and _is_bold(block))


def _is_lead(block: Any) -> bool:
    words = block.text_content().strip()
    if block.tag != "p" or not words or len(words) > LEAD_AT_MOST:
        return False
    return _is_bold(block) or bool(pasting.split_source_mark(words)[0])


def _is_bold(block: Any) -> bool:
    strong = "".join(node.text_content() for node in block.iter("strong"))
    return strong.split() == block.text_content().split()
