"""Files of these tests go to a folder of the test's own."""

from io import BytesIO

import pillow_heif
import pytest


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def heic_bytes():
    """Writes a picture as HEIC; only the product's opener is otherwise in use."""

    def write(image, **options):
        file = BytesIO()
        pillow_heif.from_pillow(image).save(file, **options)
        return file.getvalue()

    return write
