"""Turn an uploaded file into a photo with all its pictures, or refuse it."""

import datetime
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from departments.models import Department
from media.exposure import share
from media.models import Photo
from media.renditions import MASTER
from media.storage import stored_name

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
FIRST_DAY = datetime.date(1990, 1, 1)
PATIENCE = 60  # seconds; the darkroom limits its processor time itself

log = logging.getLogger(__name__)


class UploadRefused(Exception):
    """The file cannot become a photo; the message says what is wrong and what to do."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Developed:
    """A file with its pictures beside it, not yet stored: its name, digest, place, the row's facts."""

    name: str
    digest: str
    original: Path
    facts: dict[str, Any]


def receive(
    file: UploadedFile,
    *,
    department: Department,
    uploaded_by: Any,
    crop: tuple[float, float, float, float] | None = None,
    **words: Any,
) -> tuple[Photo, bool]:
    """Return the photo of this file, and whether it is new.

    The same bytes are the same photo: its words and unit stay, and it is shared with `department`. The row is
    written after all its files; the uploaded bytes are not stored. Call it outside a transaction, because it
    takes half a second. `crop` are the shares to cut off at left, top, right and bottom: what is cut off is
    stored nowhere. Fields without a value in `words` are taken from the file's metadata (XMP, IPTC, EXIF).
    Raises UploadRefused, also if the disk is full or the storage does not answer: nothing of the file is
    stored then.
    """
    with _storage_may_fail(), TemporaryDirectory(prefix="photo-") as folder:
        original = Path(folder, "original")
        digest = _take_in(file, original, crop)
        photo, created = Photo.objects.filter(content_hash=digest).first(), False
        if photo is None:
            developed = Developed(file.name or "", digest, original, _develop(original, Path(folder), crop))
            photo, created = _keep_row(developed, department, uploaded_by, words)
    return _shared(photo, department), created


def develop(file: UploadedFile, folder: Path) -> Developed:
    """Run the darkroom on the file in an empty folder, which must stay until `receive_developed`.

    It asks neither database nor storage, so threads may do it ahead. Raises UploadRefused.
    """
    with _storage_may_fail():
        original = folder / "original"
        digest = _take_in(file, original, None)
        return Developed(file.name or "", digest, original, _develop(original, folder))


def receive_developed(
    developed: Developed, *, department: Department, uploaded_by: Any, **words: Any
) -> tuple[Photo, bool]:
    """The second half of `receive`, for what `develop` returned."""
    with _storage_may_fail():
        photo, created = Photo.objects.filter(content_hash=developed.digest).first(), False
        if photo is None:
            photo, created = _keep_row(developed, department, uploaded_by, words)
    return _shared(photo, department), created


@contextmanager
def _storage_may_fail() -> Iterator[None]:
    try:
        yield
    except OSError:
        log.exception("An uploaded photo cannot be stored")
        raise UploadRefused(
            "Kho tệp của máy chủ đang đầy hoặc không trả lời nên chưa nhận được ảnh. Ảnh chưa được lưu phần "
            "nào; hãy thử lại sau ít phút, hoặc báo người quản trị."
        ) from None


def _keep_row(
    developed: Developed, department: Department, uploaded_by: Any, words: dict[str, Any]
) -> tuple[Photo, bool]:
    facts = dict(developed.facts)
    said = _told(facts.pop("notes"))
    _keep(developed.digest, developed.original.parent, facts)
    # If two people upload the same file at once, the second gets the first one's row.
    return Photo.objects.get_or_create(
        content_hash=developed.digest,
        defaults=said
        | {name: word for name, word in words.items() if word}
        | facts
        | {
            "file_size": developed.original.stat().st_size,
            "original_name": _tidy(developed.name),
            "department": department,
            "uploaded_by": uploaded_by,
        },
    )


def _shared(photo: Photo, department: Department) -> Photo:
    if photo.department_id != department.pk:
        share(department.pk, [photo.pk])
    return photo


def _take_in(file: UploadedFile, path: Path, crop: tuple[float, ...] | None) -> str:
    """Write the upload to the path in chunks and return its digest; a cropped picture has its own."""
    digest, size = sha256(), 0
    with path.open("wb") as copy:
        for chunk in file.chunks():
            size += len(chunk)
            if size > LARGEST:
                raise UploadRefused(
                    f"Ảnh nặng quá {LARGEST // MEGABYTE} MB nên chưa nhận được. Hãy lưu ảnh dưới dạng JPEG "
                    "với cỡ nhỏ hơn (rộng khoảng 4000 điểm ảnh là đủ đẹp) rồi tải lên lại."
                )
            digest.update(chunk)
            copy.write(chunk)
    if not size:
        raise UploadRefused(
            "Tệp này rỗng, không có ảnh bên trong. "
            "Hãy chép lại ảnh từ máy chụp hoặc điện thoại rồi tải lên lại."
        )
    if crop:
        digest.update(repr(crop).encode())
    return digest.hexdigest()


def _develop(original: Path, folder: Path, crop: tuple[float, ...] | None = None) -> dict[str, Any]:
    """Run the darkroom on the file; returns fields of the row. Raises UploadRefused."""
    # The process gets no other environment variables: a decoder that is exploited finds no secrets.
    environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    command = [sys.executable, "-m", "media.darkroom", str(original), str(folder), *map(str, crop or ())]
    try:
        run = subprocess.run(  # noqa: S603 (our own module; the paths are ours, not the sender's)
            command,
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UploadRefused(
            "Máy chủ đang bận nên chưa xử lý được ảnh. Hãy thử lại sau ít phút; ảnh chưa được lưu."
        ) from None
    if run.returncode > 0:
        log.error("The darkroom failed: %s", run.stderr.decode(errors="replace")[-2000:])
        raise UploadRefused(
            f"Máy chủ gặp lỗi khi xử lý riêng ảnh này nên chưa nhận được; ảnh khác không sao. {SAVE_AS_JPEG}"
        )
    answer = {"refused": "heavy"} if run.returncode < 0 else json.loads(run.stdout)
    if code := answer.get("refused"):
        log.info("upload refused: %s, signal %s", answer, -run.returncode)
        raise UploadRefused(_refusal(code, answer.get("number", 0), original))
    return answer


def _told(notes: dict[str, str]) -> dict[str, Any]:
    """Return the metadata as fields, which clean them; impossible days are left out."""
    said: dict[str, Any] = {name: words for name, words in notes.items() if name != "taken_on"}
    try:
        day = datetime.date.fromisoformat(notes.get("taken_on", ""))
    except ValueError:
        return said
    # A camera without a set clock says 1970 or tomorrow.
    return said | ({"taken_on": day} if FIRST_DAY <= day <= timezone.localdate() else {})


def _keep(digest: str, folder: Path, facts: dict[str, Any]) -> None:
    """Store every picture under its final name; an existing file has the same content.

    If one cannot be stored, those stored before it are deleted again. Raises OSError.
    """
    names = [MASTER, *(f"{width}.{extension}" for extension, width, _, _ in facts["renditions"])]
    stored: list[str] = []
    try:
        for name in names:
            place = stored_name(digest, name)
            if default_storage.exists(place):
                continue
            with (folder / name).open("rb") as picture:
                kept = default_storage.save(place, File(picture))
            if kept == place:
                stored.append(place)
            else:  # another request stored the same file at the same moment
                default_storage.delete(kept)
    except OSError:
        if not Photo.objects.filter(content_hash=digest).exists():
            with suppress(OSError):  # a storage that is away cannot delete either
                for place in stored:
                    default_storage.delete(place)
        raise


# --- words ------------------------------------------------------------------------------------------

SAVE_AS_JPEG = "Hãy mở ảnh trên máy, lưu lại dưới dạng JPEG rồi tải lên."
KNOWN_STRANGERS = (
    (b"PK\x03\x04", "Đây là tệp Word hoặc tệp nén, không phải ảnh. Hãy lưu riêng từng ảnh ra khỏi tệp ấy"),
    (b"%PDF", "Đây là tệp PDF, không phải ảnh. Tệp PDF được đăng ở mục Văn bản; nếu cần ảnh, hãy chụp lại"),
    (b"GIF8", "Đây là ảnh GIF, kho ảnh không nhận. Hãy lưu lại dưới dạng JPEG hoặc PNG"),
    (b"II*\x00", "Đây là ảnh TIFF, kho ảnh không nhận. Hãy lưu lại dưới dạng JPEG"),
    (b"MM\x00*", "Đây là ảnh TIFF, kho ảnh không nhận. Hãy lưu lại dưới dạng JPEG"),
    (b"BM", "Đây là ảnh BMP, kho ảnh không nhận. Hãy lưu lại dưới dạng JPEG"),
    (b"<svg", "Đây là hình vẽ SVG, kho ảnh không nhận. Hãy xuất hình ra dạng PNG"),
)


def _refusal(code: str, number: int, original: Path) -> str:
    if code == "format":
        with original.open("rb") as file:
            head = file.read(1024)
        for mark, words in KNOWN_STRANGERS:
            if head.lstrip().startswith(mark) or (mark == b"<svg" and mark in head):
                return f"{words} rồi tải lên."
        return f"Đây không phải ảnh JPEG, PNG, WebP, HEIC hay AVIF, dù tên tệp ghi thế nào. {SAVE_AS_JPEG}"
    if code == "pixels":
        size = f" ({number} triệu điểm ảnh)" if number else ""
        return (
            f"Ảnh quá rộng{size} nên chưa nhận được. Hãy lưu ảnh dưới dạng JPEG, "
            "rộng khoảng 4000 điểm ảnh, rồi tải lên lại."
        )
    if code == "heavy":
        return f"Ảnh này cần quá nhiều sức máy để mở nên chưa nhận được. {SAVE_AS_JPEG}"
    return (
        "Ảnh bị thiếu hoặc hỏng, không mở được trọn vẹn (thường do chép hay tải về chưa xong). "
        "Hãy chép lại ảnh từ máy chụp hoặc điện thoại rồi tải lên lại."
    )


def _tidy(name: str) -> str:
    """Return the file name without path and without characters that cannot be stored or seen."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = last.encode("utf-8", "replace").decode()
    return "".join(char for char in seen if char.isprintable())[-200:]
