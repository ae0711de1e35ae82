"""Take in a logo: decoded by the darkroom as every upload is, refused in words, drawn anew in every size."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

from media.renditions import MASTER
from media.uploads import UploadRefused, develop
from newsroom.appearance.logo import PICTURES, Drawn, place_of

SMALLEST = 192  # pixels of the shorter side
LONGEST = 1.5  # times the shorter side: a longer one would be a stripe on a telephone
GROUND = "#ffffff"


@dataclass(frozen=True)
class Logo:
    """A logo that can be stored: its digest, its pictures by name."""

    digest: str
    pictures: dict[str, bytes]

    def store(self) -> None:
        """Store every picture that is not there yet."""
        for name, drawn in self.pictures.items():
            place = place_of(self.digest, name)
            if not default_storage.exists(place):
                default_storage.save(place, ContentFile(drawn))


def take_in(file: UploadedFile) -> Logo:
    """Return the logo of an uploaded file, not stored yet; what was transparent is white.

    Raises UploadRefused.
    """
    with TemporaryDirectory(prefix="logo-") as folder:
        developed = develop(file, Path(folder))
        with Image.open(Path(folder, MASTER)) as master:
            sides = sorted(master.size)
            if sides[0] < SMALLEST:
                raise UploadRefused(
                    f"Biểu trưng chỉ có {master.width} × {master.height} điểm ảnh nên sẽ mờ. "
                    f"Hãy chọn tệp mà mỗi cạnh từ {SMALLEST} điểm ảnh trở lên."
                )
            if sides[1] > sides[0] * LONGEST:
                raise UploadRefused(
                    "Biểu trưng quá dài so với bề ngang, thu vào ô vuông sẽ không nhìn ra. "
                    "Hãy cắt lấy phần hình, gần vuông, bỏ phần chữ bên cạnh."
                )
            picture = master.convert("RGB")
    return Logo(developed.digest, {name: _drawn(picture, size) for name, size in PICTURES.items()})


def _drawn(picture: Image.Image, size: Drawn) -> bytes:
    inner = round(size.side * size.share)
    canvas = Image.new("RGB", (size.side, size.side), GROUND)
    fitted = ImageOps.contain(picture, (inner, inner), Image.Resampling.LANCZOS)
    canvas.paste(fitted, ((size.side - fitted.width) // 2, (size.side - fitted.height) // 2))
    written = BytesIO()
    canvas.save(written, "PNG", optimize=True)
    return written.getvalue()
