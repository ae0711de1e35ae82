"""What the program loads when, so that it starts quickly and still answers right."""

import importlib
import os
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from newsroom.demo import bytecode
from newsroom.staticfiles import StaticFilesMiddleware

LONG_AGO = time.time() - 3600


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package as on a machine where Python may not keep what it compiled."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.syspath_prepend(tmp_path)
    folder = tmp_path / "tried_out"
    folder.mkdir()
    for name in ("__init__", "used", "not_yet"):
        written(folder / f"{name}.py", "WORD = 'một'")
    importlib.import_module("tried_out.used")
    yield folder
    for name in [name for name in sys.modules if name.startswith("tried_out")]:
        del sys.modules[name]


def written(file, words, at=LONG_AGO):
    file.write_text(words)
    os.utime(file, (at, at))


def kept(package):
    return {file.name.split(".")[0] for file in package.glob("__pycache__/*.pyc")}


def test_a_package_in_use_is_compiled_whole_and_once(package):
    assert package in bytecode.uncompiled()
    bytecode.compile_bytecode({package})
    assert kept(package) == {"__init__", "used", "not_yet"}
    assert package not in bytecode.uncompiled()


def test_what_was_changed_is_compiled_anew_and_python_takes_the_new_words(package):
    bytecode.compile_bytecode({package})
    written(package / "used.py", "WORD = 'hai'", LONG_AGO + 1)  # as long as before
    assert package in bytecode.uncompiled()
    bytecode.compile_bytecode({package})
    del sys.modules["tried_out.used"]
    assert importlib.import_module("tried_out.used").WORD == "hai"


def test_a_file_of_this_moment_is_left_for_later(package):
    written(package / "used.py", "WORD = 'hai'", time.time())
    bytecode.compile_bytecode({package})
    assert kept(package) == {"__init__", "not_yet"}
    assert package not in bytecode.uncompiled()


def test_a_folder_that_takes_nothing_stops_nobody(package):
    (package / "__pycache__").write_text("a file where the folder should be")
    bytecode.compile_bytecode({package})
    assert importlib.import_module("tried_out.not_yet").WORD == "một"


@pytest.fixture
def static_site(settings, tmp_path):
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "a.css").write_text("a{}")
    return StaticFilesMiddleware(lambda request: HttpResponse("page"))


def test_static_files_are_looked_for_when_one_is_asked_for(static_site):
    get = RequestFactory().get
    assert static_site(get("/")).content == b"page"
    assert "/static/css/a.css" not in static_site.files
    assert b"".join(static_site(get("/static/css/a.css"))) == b"a{}"
    assert static_site(get("/static/css/none.css")).content == b"page"


def test_of_many_who_ask_first_nobody_misses_a_file(static_site):
    start, found = threading.Barrier(8), []

    def ask():
        start.wait()
        found.append(b"".join(static_site(RequestFactory().get("/static/css/a.css"))))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [b"a{}"] * 8


def test_the_server_loads_its_pages_but_neither_common_passwords_nor_static_files(tmp_path):
    asked = """
import sys
from django.contrib.auth import password_validation
made = []
password_validation.CommonPasswordValidator.__init__ = lambda self: made.append(self)
import gc
from newsroom.wsgi import application
print("newsroom.views" in sys.modules, made, gc.isenabled())
"""
    environ = {
        **os.environ,
        "DEMO": "1",
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }
    run = [sys.executable, "-W", "error", "-c", asked]
    found = subprocess.run(  # noqa: S603 (our own words)
        run, env=environ, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert found.stdout.split("\n")[0] == "True [] True"
