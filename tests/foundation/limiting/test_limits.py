"""What costs work is counted by who asks; the rest is refused in words that say how long."""

import multiprocessing

import pytest
from django.core.cache import caches
from django.http import HttpResponse

from foundation.limiting import limits as limiting
from foundation.limiting.counters import FileCounters
from newsroom import settings as product

ADDRESSES = (
    "/tim-kiem/?q=lan",
    "/khen-thuong/xac-minh/?ma=x",
    "/khen-thuong/bang.csv",
    "/xem-truoc/khong-co/",
)
ALL = {"search": (3, 60), "verify": (3, 60), "table": (3, 60), "preview": (3, 60)}


@pytest.fixture
def noon(monkeypatch):
    """The clock stands at the beginning of a minute, so that no count falls between two stretches."""
    clock = {"now": 1_800_000_000.0}
    monkeypatch.setattr(limiting.time, "time", lambda: clock["now"])
    return clock


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_costs_work_is_refused_in_words_after_the_limit(client, db, limits, address):
    limits(**ALL)
    statuses = [client.get(address).status_code for _ in range(3)]
    assert 429 not in statuses
    refused = client.get(address)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["Cache-Control"] == "no-store"
    assert "Xin chờ một chút" in refused.text
    assert f"Chờ {refused.headers['Retry-After']} giây" in refused.text
    elsewhere = client.get(address, REMOTE_ADDR="10.9.9.9")
    assert elsewhere.status_code == statuses[0]
    assert client.get("/lien-he/").status_code == 200


def test_who_keeps_asking_makes_nobody_wait_longer(limits, noon):
    limits(search=(2, 60))
    assert [limiting.count_ask("search", "lớp 6A") for _ in range(4)] == [0, 0, 60, 60]
    noon["now"] += 45
    assert limiting.count_ask("search", "lớp 6A") == 15
    assert limiting.seconds_to_wait("search", "lớp 6A") == 15
    assert limiting.seconds_to_wait("search", "lớp 6B") == 0
    noon["now"] += 15
    assert limiting.count_ask("search", "lớp 6A") == 0


def test_what_is_given_back_does_not_count(limits, noon):
    limits(search=(1, 60))
    assert limiting.count_ask("search", "lan") == 0
    limiting.give_back("search", "lan")
    assert limiting.count_ask("search", "lan") == 0
    assert limiting.count_ask("search", "lan") == 60
    limiting.give_back("search", "ai khác")  # nothing was counted: no error


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 giây"), (90, "90 giây"), (91, "2 phút"), (900, "15 phút"), (7201, "3 giờ")]
)
def test_the_time_is_said_as_people_say_it(seconds, words):
    assert limiting.wait_words(seconds) == words


def test_the_counters_tell_nobody_who_asked(limits, settings, tmp_path):
    counters = {"BACKEND": "foundation.limiting.counters.FileCounters", "LOCATION": str(tmp_path / "c")}
    settings.CACHES = settings.CACHES | {"limits": counters}
    limits(search=(1, 60))
    assert [limiting.count_ask("search", "203.0.113.9") > 0 for _ in range(2)] == [False, True]
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"203.0.113.9" not in written
    assert b"search" not in written


def _add_many(place: str) -> None:
    counters = FileCounters(place, {})
    for _ in range(200):
        if not counters.add("a", 1, timeout=60):
            counters.incr("a")


def test_processes_that_count_at_once_lose_none(tmp_path):
    place = str(tmp_path / "limits.sqlite3")
    context = multiprocessing.get_context("spawn")
    running = [context.Process(target=_add_many, args=(place,)) for _ in range(3)]
    for process in running:
        process.start()
    for process in running:
        process.join(60)
    assert [process.exitcode for process in running] == [0, 0, 0]
    assert FileCounters(place, {}).get("a") == 600


def test_a_counter_ends_and_can_be_dropped(tmp_path):
    counters = FileCounters(str(tmp_path / "limits.sqlite3"), {})
    assert counters.add("a", 1, timeout=60)
    assert not counters.add("a", 1, timeout=60)
    assert counters.delete("a")
    counters.set("b", 5, timeout=-1)
    assert counters.get("b", "hết") == "hết"
    with pytest.raises(ValueError, match="nothing is counted"):
        counters.incr("b")
    assert counters.add("b", 1)
    counters.clear()
    assert counters.get("b") is None


@pytest.mark.parametrize("damage", ["a folder", "no database", "under a file"])
def test_without_its_file_each_process_counts_alone(limits, settings, tmp_path, caplog, damage):
    place = tmp_path if damage == "a folder" else tmp_path / "limits.sqlite3"
    if damage != "a folder":
        place.write_bytes(b"of somebody else " * 100)
    place = place / "limits.sqlite3" if damage == "under a file" else place
    there = {"BACKEND": "foundation.limiting.counters.FileCounters", "LOCATION": str(place)}
    settings.CACHES = settings.CACHES | {"limits": there}
    limits(search=(1, 60))
    refused = [limiting.count_ask("search", f"lan, {damage}") > 0 for _ in range(3)]
    assert refused == [False, True, True]
    assert not caches["limits"].works()
    told = [record for record in caplog.records if "each process counts alone" in record.message]
    assert {record.levelname for record in told} == {"ERROR"}
    assert str(place) in told[0].message


def test_a_limited_view_counts_a_network_once_for_all_its_pages(rf, limits, noon):
    limits(search=(2, 60))
    view = limiting.limited("search")(lambda request: HttpResponse("đây"))
    asked = [rf.get(f"/{page}", REMOTE_ADDR=f"2001:db8::{page}") for page in range(3)]
    assert [view(request).status_code for request in asked] == [200, 200, 429]


def test_on_a_real_site_all_processes_count_together():
    assert product.CACHES["limits"]["BACKEND"] == "foundation.limiting.counters.FileCounters"
    assert {most for most, _seconds in product.LIMITS.values() if most < 3} == set()
    assert set(ALL) <= set(product.LIMITS)
    assert caches["limits"] is caches[limiting.CACHE]
