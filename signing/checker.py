"""Starts the process that opens strange files, and hands it what is pinned. See signing.checking.process."""

import fcntl
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.utils import timezone

from signing.checking.process import JOB
from signing.models import TrustedCertificate

log = logging.getLogger("newsroom.signing")
PATIENCE = 30  # seconds for one file on a busy machine, loading included; two more for each further file
TURN = 10  # seconds that a reader's file waits for the one before it
AT_ONCE = 2  # processes of this machine that open files for readers
BROKEN = "Tệp làm bước kiểm tra dừng giữa chừng, nên không được nhận. Tệp có thể hỏng hoặc quá phức tạp."


class TooBusy(Exception):
    """So many files are being checked that this one did not get its turn."""


@dataclass(frozen=True)
class ToCheck:
    """One file to be judged; see `signing.checking.signatures.judge`."""

    key: str
    data: bytes
    frozen: bytes | None = None
    clear: list[Any] = field(default_factory=list)


def check(files: list[ToCheck]) -> dict[str, dict[str, Any]]:
    """Return the answer for each file by its key. A file that ends the process is refused, alone."""
    answers = _run(files)
    for file in files:
        if file.key not in answers:
            alone = _run([file]) if len(files) > 1 else {}
            refused = {"problem": BROKEN, "code": "broken", "signatures": [], "chain": [], "checked": False}
            answers[file.key] = alone.get(file.key, refused)
    return answers


def check_for_reader(file: ToCheck) -> dict[str, Any]:
    """Judge one file of somebody unknown. Raises TooBusy if others are being checked for too long."""
    with _turn():
        return check([file])[file.key]


def _run(files: list[ToCheck]) -> dict[str, dict[str, Any]]:
    pinned = TrustedCertificate.objects.in_use()
    with TemporaryDirectory(prefix="signed-") as name:
        folder = Path(name)
        job = {
            "roots": [one.body for one in pinned if one.is_root],
            "others": [one.body for one in pinned if not one.is_root],
            "lists": [one.revocations for one in pinned if one.revocations],
            "now": timezone.now().isoformat(),
            "files": [_lay_out(folder, number, file) for number, file in enumerate(files)],
        }
        (folder / JOB).write_text(json.dumps(job))
        # As the darkroom: no environment variables, so no secrets.
        environment = {key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH") if key in os.environ}
        try:
            run = subprocess.run(  # noqa: S603 (our own module; the folder is ours)
                [sys.executable, "-m", "signing.checking.process", str(folder)],
                cwd=settings.BASE_DIR,
                env=environment | {"MALLOC_ARENA_MAX": "1"},
                capture_output=True,
                text=True,
                timeout=PATIENCE + 2 * len(files),
                check=False,
            )
            said = run.stdout
            if run.returncode:
                log.error("The checker ended with %s: %s", run.returncode, run.stderr[-2000:])
        except subprocess.TimeoutExpired as late:
            log.error("The checker took too long")
            said = (late.stdout or b"").decode(errors="replace")
    found = [json.loads(line) for line in said.splitlines() if line.endswith("}")]
    return {answer["key"]: answer for answer in found}


def _lay_out(folder: Path, number: int, file: ToCheck) -> dict[str, Any]:
    path = folder / f"{number}.pdf"
    path.write_bytes(file.data)
    frozen = None
    if file.frozen is not None:
        frozen = folder / f"{number}.frozen.pdf"
        frozen.write_bytes(file.frozen)
    return {
        "key": file.key,
        "path": str(path),
        "frozen": str(frozen) if frozen else None,
        "clear": file.clear,
    }


@contextmanager
def _turn() -> Iterator[None]:
    """Wait for one of the few places of this machine. A place is a locked file: it frees itself."""
    deadline = time.monotonic() + TURN
    settings.VAR_DIR.mkdir(exist_ok=True)
    while True:
        for number in range(AT_ONCE):
            place = os.open(settings.VAR_DIR / f"signing.{number}.lock", os.O_RDONLY | os.O_CREAT, 0o666)
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield
                return
            except BlockingIOError:
                pass
            finally:
                os.close(place)
        if time.monotonic() > deadline:
            raise TooBusy
        time.sleep(0.1)
