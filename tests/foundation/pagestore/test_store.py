"""The files: whole, dropped by tag, never older than what was said to have changed."""

import gzip
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from foundation.pagestore.packing import pack, unpack
from foundation.pagestore.store import EVERYTHING, Store

LATER = time.time() + 3600
FILE = "vua.may/tin/index.html.gz"


def page(words="Chào mừng", until=LATER):
    headers = [("Content-Type", "text/html; charset=utf-8")]
    return pack(200, headers, words.encode(), etag='W/"1"', until=until)


def test_a_page_comes_back_whole():
    packed = page("Đắk Lắk").packed
    again = unpack(packed)
    assert (again.status, again.etag, again.until) == (200, 'W/"1"', LATER)
    assert again.headers == [("Content-Type", "text/html; charset=utf-8")]
    assert gzip.decompress(packed).decode() == again.body.decode() == "Đắk Lắk"


def test_a_foreign_file_is_no_page():
    with pytest.raises(ValueError, match="not a kept page"):
        unpack(gzip.compress(b"words"))


def test_a_page_is_kept_and_dropped_by_any_of_its_tags(store):
    assert store.put(FILE, page(), ["article:1", "stories"], store.turn())
    assert store.get(FILE).body.decode() == "Chào mừng"
    assert store.drop(["article:2"]) == 0
    assert store.drop(["stories"]) == 1
    assert store.get(FILE) is None
    assert store.get_past(FILE) is None


def test_a_page_drawn_before_a_change_is_refused_after_it(store):
    turn = store.turn()
    store.drop(["article:1"])
    assert not store.put(FILE, page(), ["article:1"], turn)
    assert store.get(FILE) is None
    assert store.put(FILE, page(), ["article:1"], store.turn())


def test_another_change_does_not_refuse_it(store):
    turn = store.turn()
    store.drop(["article:2"])
    assert store.put(FILE, page(), ["article:1"], turn)


def test_everything_is_refused_when_everything_was_dropped(store):
    turn = store.turn()
    store.drop([EVERYTHING])
    assert not store.put(FILE, page(), ["article:1"], turn)


def test_a_page_whose_time_is_over_is_kept_aside_only(store):
    store.put(FILE, page(until=time.time() - 1), ["a"], store.turn())
    assert store.get(FILE) is None
    assert store.sweep() == 1
    assert not (store.live / FILE).exists()
    assert store.get_past(FILE).body.decode() == "Chào mừng"
    store.drop(["a"])
    assert store.get_past(FILE) is None


def test_deep_pages_of_lists_make_room_for_each_other_alone(tmp_path):
    store = Store(tmp_path, most_bytes=100_000)
    big = page(os.urandom(2000).hex())
    store.put("vua.may/index.html.gz", big, ["a"], store.turn())
    for number in range(20):
        store.put(f"vua.may/tin/index@truoc={number}.html.gz", big, ["a"], store.turn())
    store.sweep()
    deep = [path for path in store.live.rglob("*.gz") if "@" in path.name]
    assert 4 <= len(deep) <= 9
    assert store.get("vua.may/index.html.gz")
    assert store.get("vua.may/tin/index@truoc=19.html.gz")
    store.close()


def test_the_oldest_pages_make_room(tmp_path):
    small = Store(tmp_path, most_bytes=3000)
    for number in range(20):
        words = os.urandom(300).hex()
        small.put(f"vua.may/{number}/index.html.gz", page(words), ["a"], small.turn())
    small.sweep()
    left = [number for number in range(20) if small.get(f"vua.may/{number}/index.html.gz")]
    assert left == list(range(20 - len(left), 20))
    assert sum(path.stat().st_size for path in small.live.rglob("*.gz")) <= 3000
    small.close()


def test_other_code_starts_with_an_empty_store(store):
    store.made_by("one")
    store.put(FILE, page(), ["a"], store.turn())
    assert store.made_by("one")
    assert store.get(FILE)
    assert not store.made_by("two")
    assert store.get(FILE) is None


def test_one_reader_draws_and_the_others_wait(store):
    drawn, inside = [], threading.Barrier(8)

    def read():
        inside.wait()
        with store.filling(FILE) as turn:
            if store.get(FILE) is None and turn is not None:
                drawn.append(1)
                time.sleep(0.1)
                store.put(FILE, page(), ["a"], store.turn())

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert drawn == [1]


def test_changes_and_drawings_at_once_never_leave_an_old_page(store):
    """The truth is a counter; every page shows it; after each change the old number must be gone."""
    truth, stop, stale = [0], threading.Event(), []

    def draw():
        while not stop.is_set():
            turn = store.turn()
            shown = truth[0]
            store.put(FILE, page(str(shown)), ["a"], turn)

    def change():
        for _ in range(150):
            truth[0] += 1
            store.drop(["a"])
            kept = store.get(FILE)
            if kept and int(kept.body) < truth[0]:
                stale.append(kept.body)

    drawers = [threading.Thread(target=draw) for _ in range(3)]
    for drawer in drawers:
        drawer.start()
    change()
    stop.set()
    for drawer in drawers:
        drawer.join()
    assert stale == []


KILLED = """
import sys, pathlib, time
from foundation.pagestore.store import Store
from tests.foundation.pagestore.test_store import page
store = Store(pathlib.Path(sys.argv[1]), 10**8)
print("ready", flush=True)
number = 0
while True:
    number += 1
    store.put(f"vua.may/{number % 50}/index.html.gz", page(str(number)), ["a", f"n:{number}"], store.turn())
"""


def test_a_killed_process_leaves_no_page_that_cannot_be_dropped(tmp_path):
    for _ in range(5):
        command = [sys.executable, "-c", KILLED, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:  # noqa: S603 (our own words)
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(0.05)
            writer.send_signal(signal.SIGKILL)
    store = Store(tmp_path, 10**8)
    store.drop(["a"])
    assert [path for path in store.live.rglob("*.gz") if store.get(str(path.relative_to(store.live)))] == []
    store.close()
