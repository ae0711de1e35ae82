"""Pictures are developed before they are needed, a few at a time, and nothing of them is left behind."""

import threading
import time
from pathlib import Path

import pytest

from articles.bulk.old_site.ahead import MOST, WORKERS, PicturesAhead
from media.uploads import Developed, UploadRefused


class Darkroom:
    def __init__(self):
        self.at_once = self.most = 0
        self.asked, self.folders = [], []
        self.lock = threading.Lock()

    def develop(self, address, folder):
        with self.lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            self.asked.append(address)
            self.folders.append(folder)
        time.sleep(0.01)
        (folder / "original").write_text(address)
        with self.lock:
            self.at_once -= 1
        if address == "hỏng":
            raise UploadRefused("Ảnh hỏng.")
        return None if address == "không có" else Developed(address, address, folder / "original", {})


@pytest.fixture
def room():
    return Darkroom()


@pytest.fixture
def ahead(room):
    ahead = PicturesAhead(room.develop)
    yield ahead
    ahead.close()
    assert not any(map(Path.exists, room.folders))


def test_two_are_developed_at_once_and_few_wait(room, ahead):
    names = [f"a{number}" for number in range(20)]
    ahead.expect(names)
    for name in names:
        time.sleep(0.03)
        assert len(room.asked) <= names.index(name) + MOST
        folder, found = ahead.take_developed(name)
        with folder:
            assert (found.name, found.original.read_text()) == (name, name)
    assert (room.most, sorted(room.asked)) == (WORKERS, sorted(names))


def test_what_nobody_announced_is_developed_too_and_what_nobody_takes_is_dropped(room, ahead):
    ahead.expect(["a", "b"])
    ahead.take_developed("x")[0].cleanup()
    ahead.expect(["c"])
    folder, found = ahead.take_developed("c")
    with folder:
        assert found.name == "c"


def test_a_refusal_and_an_absence_are_told_at_their_place_and_stop_nothing(room, ahead):
    ahead.expect(["hỏng", "không có", "tốt"])
    with pytest.raises(UploadRefused):
        ahead.take_developed("hỏng")
    folder, found = ahead.take_developed("không có")
    folder.cleanup()
    assert found is None
    folder, found = ahead.take_developed("tốt")
    with folder:
        assert found.name == "tốt"
