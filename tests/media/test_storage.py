"""A file lies in the storage whole or not at all."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from media.storage import can_write_into


def test_a_file_is_kept_with_its_name_and_can_be_read_by_the_web_server():
    assert default_storage.save("a/b.txt", ContentFile(b"whole")) == "a/b.txt"
    assert default_storage.save("a/c.txt", ContentFile("chữ")) == "a/c.txt"
    with default_storage.open("a/c.txt") as file:
        assert file.read() == "chữ".encode()
    mode = (default_storage.base_location / "a/b.txt").stat().st_mode
    assert oct(mode)[-3:] == "644"


def test_a_second_file_of_one_name_gets_another():
    first = default_storage.save("a.txt", ContentFile(b"first"))
    second = default_storage.save("a.txt", ContentFile(b"second"))
    assert first != second
    with default_storage.open(first) as file:
        assert file.read() == b"first"


def test_a_file_that_breaks_off_leaves_nothing():
    class BreaksOff(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError("the line broke")

    with pytest.raises(OSError, match="line broke"):
        default_storage.save("a/b.txt", BreaksOff(b""))
    assert not default_storage.exists("a/b.txt")
    assert [path for path in default_storage.base_location.rglob("*") if path.is_file()] == []


def test_a_folder_that_takes_no_file_is_known_by_trying(tmp_path):
    (tmp_path / "file").touch()
    assert can_write_into(tmp_path / "uploads")
    assert list((tmp_path / "uploads").iterdir()) == []
    assert not can_write_into(tmp_path / "file" / "under-a-file")
