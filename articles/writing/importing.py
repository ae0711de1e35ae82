"""Makes a new story's text from a Word file: the text as if pasted, the pictures as photos."""

import io
from dataclasses import replace
from typing import IO, Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from articles.text import pasting
from articles.text.body import plain_text
from articles.text.head import Manuscript, take_head
from articles.text.word.account import Picture
from articles.text.word.captions import place_pictures
from articles.text.word.reading import BODY, WordText, read_text
from articles.text.word.witness import missing_words
from departments.models import Department
from foundation.packages.opening import Fault, Limits, Package, PackageRefused, open_package
from media.uploads import UploadRefused, receive

LARGEST = 25 * 1024 * 1024
TOO_MANY_LINES = f"Tệp có hơn {pasting.MOST_LINES_SAID} dòng, nhiều hơn một bài viết. Hãy tách tệp ra."
# Bytes of unpacked XML; a book of a thousand pages has about 6 MB.
LIMITS = Limits(texts=12 * 1024 * 1024)
MOST_PICTURES = 40


class ImportRefused(Exception):
    """The file cannot be read as a Word text; `message` says what is wrong and what to do."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def read_word(file: UploadedFile, *, department: Department, by: Any) -> Manuscript:
    """Read a .docx and add its pictures to the library of `department`. Call it outside a transaction.

    Raises ImportRefused. The file itself is not stored.
    """
    try:
        package = open_package(_checked(file), BODY, LIMITS)
        text = read_text(package)
    except PackageRefused as refusal:
        raise ImportRefused(_REFUSALS[refusal.fault]) from refusal
    if sum(1 for _ in text.root.iter(*pasting.LINES)) > pasting.MOST_LINES:
        raise ImportRefused(TOO_MANY_LINES)
    pictures = _Pictures(department, by)
    pictures.take_all(text, package)
    place_pictures(text.root)
    account = text.account
    settled = pasting.settle_tree(text.root, account.formulas, account.removed)
    if not plain_text(settled.body) and "<figure" not in settled.body:
        raise ImportRefused("Trong tệp không có chữ nào để đưa vào bài. Hãy mở tệp kiểm lại rồi chọn lại.")
    notes = [*pictures.notes, *settled.notes, *account.notes]
    notes += missing_words(package, "\n".join([settled.said, *notes]))
    manuscript = take_head(settled.body, names_of(department))
    return replace(manuscript, notes=[*manuscript.notes, *notes])


def names_of(department: Department) -> list[str]:
    """Returns the unit's names of all times, to know them in a title in capitals."""
    return [name for names in department.names.values_list("name", "short_name") for name in names if name]


# --- what is refused ---------------------------------------------------------------------------------

_BROKEN = (
    "Tệp Word hỏng hoặc không đúng định dạng nên không mở được. "
    "Hãy mở bằng Word, lưu lại thành .docx rồi chọn lại."
)
_REFUSALS = {
    Fault.NOT_A_PACKAGE: "Đây không phải tệp Word .docx. Hãy chọn tệp có đuôi .docx.",
    Fault.OLD_OR_LOCKED: "Đây là tệp Word kiểu cũ (.doc) hoặc có mật khẩu. "
    "Hãy lưu lại thành .docx rồi chọn lại.",
    Fault.LOCKED: "Tệp Word đang đặt mật khẩu. Hãy lưu lại bản không khóa rồi chọn lại.",
    Fault.DAMAGED: _BROKEN,
    Fault.TOO_LARGE: "Nội dung trong tệp dài bất thường nên không mở. Hãy tách tệp thành nhiều phần.",
    Fault.UNSAFE: "Tệp Word đóng gói bất thường, không an toàn để mở. "
    "Hãy mở bằng Word, lưu lại thành tệp mới rồi chọn lại.",
    Fault.MACROS: "Tệp Word có macro. Hãy lưu thành “Word Document (.docx)” rồi chọn lại.",
}


def _checked(file: UploadedFile) -> IO[bytes]:
    if (file.size or 0) > LARGEST:
        raise ImportRefused("Tệp nặng quá 25 MB. Hãy bỏ bớt ảnh trong tệp, chèn ảnh sau bằng nút Chèn ảnh.")
    return io.BytesIO(file.read())


# --- pictures -------------------------------------------------------------------------------------------


class _Pictures:
    """Adds each picture of the file to the library. A refused picture is noted and left out."""

    def __init__(self, department: Department, by: Any):
        self.department, self.by = department, by
        self.notes: list[str] = []
        self.count = 0

    def take_all(self, text: WordText, package: Package) -> None:
        """Gives every picture of the text its photo as source, and the description in the file."""
        for image in list(text.root.iter("img")):
            picture = text.account.pictures[int(image.get("src"))]
            photo = self._take(picture, package.read(picture.part))
            image.set("src", f"photo:{photo}" if photo else "none")
            image.set("alt", picture.alt)

    def _take(self, picture: Picture, content: bytes) -> int | None:
        self.count += 1
        if self.count > MOST_PICTURES:
            if self.count == MOST_PICTURES + 1:
                self.notes.append(f"Tệp có nhiều ảnh: chỉ nhận {MOST_PICTURES} ảnh đầu.")
            return None
        upload = SimpleUploadedFile(f"anh-{self.count}", content)
        try:
            photo, _ = receive(upload, department=self.department, uploaded_by=self.by, crop=picture.crop)
        except UploadRefused as refusal:
            after = f" (sau chữ “…{picture.after}”)" if picture.after else ""
            self.notes.append(f"Ảnh thứ {self.count} trong tệp{after} chưa lấy được: {refusal.message}")
            return None
        return photo.pk
