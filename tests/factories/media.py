"""Photos for tests: rows without files, and files to send."""

import datetime
from hashlib import sha256
from io import BytesIO
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from departments.models import Department
from media.models import Photo, Pupil
from tests.factories.departments import make_department, make_user

_number = count(1)


def make_photo(
    caption: str = "Cô Nguyễn Thị Lan trao giấy khen cho học sinh.",
    *,
    department: Department | None = None,
    **fields: Any,
) -> Photo:
    """A row such as `receive` writes, quickly: no file lies in the storage."""
    number = next(_number)
    sizes = [(480, 320), (800, 533), (1200, 800)]
    defaults = {
        "content_hash": sha256(f"photo {number}".encode()).hexdigest(),
        "width": 1200,
        "height": 800,
        "file_size": 250_000,
        "original_name": f"IMG_{number:04}.jpg",
        "renditions": [[kind, *size, 20_000] for kind in ("avif", "jpg") for size in sizes],
        "alt_text": "Một cô giáo và một em học sinh đứng trên sân khấu.",
        "credit": "Trần Văn Minh",
        "department": department or make_department(),
    }
    fields = defaults | fields
    uploaded_by = fields.pop("uploaded_by", None) or make_user()
    return Photo.objects.create(caption=caption, uploaded_by=uploaded_by, **fields)


def make_image(size: tuple[int, int] = (640, 480), mode: str = "RGB") -> Image.Image:
    """Four coloured quarters: red, green over blue, yellow. Turned or mirrored, it shows."""
    width, height = size
    image = Image.new("RGB", size, "red")
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height // 2), fill="lime")
    draw.rectangle((0, height // 2, width // 2, height), fill="blue")
    draw.rectangle((width // 2, height // 2, width, height), fill="yellow")
    return image if mode == "RGB" else image.convert(mode)


def image_bytes(kind: str = "JPEG", image: Image.Image | None = None, **options: Any) -> bytes:
    """The picture in a format of Pillow's; each call's default picture is another one."""
    if image is None:
        image = make_image()
        image.putpixel((next(_number) % 640, 0), (0, 0, 0))
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def make_upload(content: bytes | None = None, name: str = "anh.jpg", declared: str = "image/jpeg") -> Any:
    return SimpleUploadedFile(name, image_bytes() if content is None else content, declared)


def make_pupil(name: str = "Trần Thị Bưởi", **fields: Any) -> Pupil:
    """A pupil of 7 to 15 with everybody's consent to picture and name."""
    defaults = {
        "class_name": "8A",
        "age_band": "from_7",
        "covers_picture": True,
        "covers_name": True,
        "pupil_agreed_on": datetime.date(2026, 9, 5),
        "guardian_agreed_on": datetime.date(2026, 9, 6),
        "guardian_name": "Trần Văn Bình",
    }
    fields = defaults | fields
    fields.setdefault("department", None)
    fields["department"] = fields["department"] or make_department()
    recorded_by = fields.pop("recorded_by", None) or make_user()
    return Pupil.objects.create(name=name, recorded_by=recorded_by, **fields)
