"""The shared cache: a real Redis, there and gone; what is asked of it meanwhile is a miss, never an error."""

import shutil
import socket
import subprocess
import time

import pytest

from newsroom import shared_cache
from newsroom.shared_cache import SharedCache, SharedCounters

REDIS = shutil.which("redis-server")


@pytest.fixture
def start_redis(tmp_path):
    if REDIS is None:
        pytest.skip("no Redis on this machine (apt-get install redis-server)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = []

    def start():
        options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(tmp_path)]
        running.append(subprocess.Popen([REDIS, *options], stdout=subprocess.DEVNULL))  # noqa: S603 (our own words)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return running[-1]
            time.sleep(0.05)
        raise AssertionError("Redis did not start")

    start.url = f"redis://127.0.0.1:{port}/0"
    yield start
    for server in running:
        server.kill()
        server.wait()


def close(cache):
    for pool in cache._cache._pools.values():
        pool.disconnect()


def test_a_redis_that_dies_and_comes_back_is_only_a_miss(start_redis, monkeypatch, caplog):
    monkeypatch.setattr(SharedCache, "away_until", 0.0)
    server = start_redis()
    one, other = SharedCache(start_redis.url, {}), SharedCache(start_redis.url, {})
    one.set("thanh-dieu-huong", ["Trang chủ"])
    assert other.get("thanh-dieu-huong") == ["Trang chủ"]
    server.kill()
    server.wait()
    assert one.get("thanh-dieu-huong", "chưa có") == "chưa có"
    one.set("a", 1)
    assert (one.add("b", 1), one.delete("a"), one.has_key("a"), one.get_many(["a"])) == (
        True,
        False,
        False,
        {},
    )
    assert (one.touch("a"), one.set_many({"a": 1}), one.delete_many(["a"])) == (False, ["a"], None)
    assert caplog.text.count("shared cache is away") == 1  # asked once, then left alone for a moment
    start_redis()
    monkeypatch.setattr(SharedCache, "away_until", 0.0)  # the moment is over
    one.set("a", 2)
    assert other.get("a") == 2
    close(one), close(other)


def test_while_redis_is_away_a_machine_counts_alone(start_redis, monkeypatch, tmp_path):
    monkeypatch.setattr(SharedCounters, "away_until", 0.0)
    server = start_redis()
    alone = {"OPTIONS": {"alone": str(tmp_path / "limits.sqlite3")}}
    one, other = SharedCounters(start_redis.url, alone), SharedCounters(start_redis.url, alone)
    assert (one.add("a", 1, timeout=60), other.incr("a"), one.get("a")) == (True, 2, 2)
    server.kill()
    server.wait()
    assert (one.get("a", 0), one.add("a", 1, timeout=60), other.incr("a"), one.get("a")) == (0, True, 2, 2)
    assert one.works()
    with pytest.raises(ValueError, match="nothing is counted"):
        one.incr("b")
    close(one), close(other)


def test_a_redis_that_says_nothing_holds_a_page_up_for_a_moment_only(monkeypatch):
    monkeypatch.setattr(SharedCache, "away_until", 0.0)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        cache = SharedCache(f"redis://127.0.0.1:{silent.getsockname()[1]}/0", {})
        begun = time.monotonic()
        assert [cache.get("a") for _ in range(20)] == [None] * 20
        assert time.monotonic() - begun < 4 * shared_cache.PATIENCE
        close(cache)
