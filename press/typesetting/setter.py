"""Starts the drawing process, listens to it, and ends it when it takes too long."""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage

from press.layout import MOST_BOXES, MOST_LETTERS, too_long
from press.typesetting.drawing import JOB, PICTURE

log = logging.getLogger("newsroom.press")
TURN = 8  # seconds that a picture waits for the one before it
_drawing = threading.Lock()
BACKGROUND = "background.jpg"
PATIENCE = 600  # seconds for a run; 500 sheets take some 15 on an idle machine


class NotDrawn(Exception):
    """The sheets cannot be drawn; the message is shown to the person who asked."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def lay_out(folder: Path, job: dict[str, Any], background: str = "") -> None:
    """Write into the folder what the drawing process reads; `background` names a stored picture."""
    if background:
        with default_storage.open(background) as picture:
            (folder / BACKGROUND).write_bytes(picture.read())
        job = job | {"background": BACKGROUND}
    (folder / JOB).write_text(json.dumps(job))


def draw(folder: Path, *wanted: str, patience: float = PATIENCE) -> Iterator[dict[str, Any]]:
    """Draw what is wanted and yield what the process says; see `press.typesetting.drawing`.

    Raises NotDrawn if it refuses, dies, or takes too long.
    """
    # As the darkroom: no other environment variables, so no secrets.
    environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    # One arena for all threads: 500 sheets take 281 MiB instead of 323.
    environment["MALLOC_ARENA_MAX"] = "1"
    process = subprocess.Popen(  # noqa: S603 (our own module; the folder is ours)
        [sys.executable, "-m", "press.typesetting.drawing", str(folder), *wanted],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watch = threading.Timer(patience, process.kill)
    watch.start()
    try:
        for line in process.stdout or ():
            said = json.loads(line)
            if "refused" in said:
                log.error("The typesetter refused: %s", said["refused"])
                raise NotDrawn(f"Không dựng được tờ in: {said['refused']}")
            yield said
        trouble = process.stderr.read() if process.stderr else ""
        if process.wait():
            log.error("The typesetter ended with %s: %s", process.returncode, trouble[-2000:])
            raise NotDrawn(
                "Máy chủ không dựng xong được tệp in. Hãy thử lại; nếu vẫn vậy, báo người quản trị."
            )
    finally:
        watch.cancel()
        process.kill()
        process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()


def draw_picture(job: dict[str, Any], background: str = "") -> tuple[bytes, list[dict[str, Any]]]:
    """Return the first sheet as a PNG, and its boxes that shrank or overflowed. Raises NotDrawn.

    One at a time in a process: whoever looks at templates leaves the machine to the readers.
    """
    _refuse_too_much(job)
    if not _drawing.acquire(timeout=TURN):
        raise NotDrawn("Máy chủ đang vẽ tờ khác. Hãy thử lại sau vài giây.")
    try:
        return _draw_picture(job, background)
    finally:
        _drawing.release()


def _refuse_too_much(job: dict[str, Any]) -> None:
    if len(job["boxes"]) > MOST_BOXES + 1:  # and the mark
        raise NotDrawn(f"Một mẫu có nhiều nhất {MOST_BOXES} ô: hãy gộp hoặc bỏ bớt ô.")
    for sheet in job["sheets"][:1]:
        for line in sheet["words"].values():
            if len(line) > MOST_LETTERS:
                raise NotDrawn(f"{sheet['name']}: {too_long(line)}")


def _draw_picture(job: dict[str, Any], background: str) -> tuple[bytes, list[dict[str, Any]]]:
    fits: list[dict[str, Any]] = []
    with TemporaryDirectory(prefix="sheet-") as name:
        folder = Path(name)
        lay_out(folder, job | {"sheets": job["sheets"][:1]}, background)
        for said in draw(folder, "fits", "picture", patience=20):
            fits = said.get("fits", fits)
        return (folder / PICTURE).read_bytes(), fits
