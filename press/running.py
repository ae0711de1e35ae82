"""The worker's part: draw what was asked for, go on where a killed worker stopped, delete old files."""

import datetime
import logging
import re
import secrets
import shutil
import zipfile
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from inbox.telling import tell
from press.backgrounds import drop_background
from press.models import PrintRun
from press.typesetting.drawing import ONE, WHOLE
from press.typesetting.setter import NotDrawn, draw, lay_out

log = logging.getLogger("newsroom.press")
STEP = 1.0  # seconds between two looks for work
BEAT = datetime.timedelta(seconds=2)
# A worker that has said nothing for so long was killed; a whole decision is set within a tenth of it.
SILENCE = datetime.timedelta(seconds=60)
SINGLES = "tung-to.zip"
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def draw_due() -> int:
    """Draw every run that waits, or whose worker fell silent; returns how many were finished."""
    done = 0
    while run := _claim():
        _draw_run(run)
        done += 1
    return done


def _claim() -> PrintRun | None:
    """Take one run; two workers never get the same."""
    now = timezone.now()
    waiting = PrintRun.objects.filter(Q(beat_at=None) | Q(beat_at__lt=now - SILENCE), finished_at=None)
    for run in waiting.order_by("pk")[:5]:
        if waiting.filter(pk=run.pk).update(beat_at=now):
            return PrintRun.objects.select_related("asked_by").get(pk=run.pk)
    return None


def _draw_run(run: PrintRun) -> None:
    folder = Path(settings.VAR_DIR, "press", str(run.pk))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        lay_out(folder, run.job, run.background)
        _listen(run, folder)
        found: dict[str, Any] = {"whole": _keep(folder / WHOLE), "singles": _keep(_pack(run, folder))}
    except NotDrawn as refusal:
        found = {"failure": refusal.message}
    except OSError:
        log.exception("A print run cannot be stored")
        found = {"failure": "Kho tệp của máy chủ đang đầy hoặc không trả lời. Hãy in lại sau ít phút."}
    with transaction.atomic():
        fresh = PrintRun.objects.filter(pk=run.pk, finished_at=None)
        if fresh.update(finished_at=timezone.now(), notes=run.notes, done=run.done, **found):
            _tell(run, found.get("failure", ""))
            drop_background(run.background)
    shutil.rmtree(folder, ignore_errors=True)


def _listen(run: PrintRun, folder: Path) -> None:
    """Note the progress every few seconds. Raises NotDrawn, also for words that do not fit their box."""
    beaten = timezone.now()
    # Two processes one after the other: the second does not need the memory of the first.
    for said in chain(draw(folder, "fits", "whole"), draw(folder, "singles")):
        if "fits" in said:
            run.notes = said["fits"]
            _refuse_overflow(run)
        run.done = said.get("done", run.done)
        if timezone.now() - beaten >= BEAT or "done" not in said:
            beaten = timezone.now()
            PrintRun.objects.filter(pk=run.pk).update(beat_at=beaten, done=run.done)


def _refuse_overflow(run: PrintRun) -> None:
    over = [note for note in run.notes if not note["fits"]]
    if over:
        names = {sheet["key"]: sheet["name"] for sheet in run.job["sheets"]}
        boxes = {box["key"]: box["name"] for box in run.job["boxes"]}
        said = "; ".join(f"{names[note['sheet']]} (ô {boxes[note['box']]})" for note in over[:20])
        more = f" và {len(over) - 20} chỗ khác" if len(over) > 20 else ""
        raise NotDrawn(
            f"Chữ không vừa ô dù đã thu nhỏ hết mức: {said}{more}. Rút gọn chữ trên tờ, nới ô, hoặc cho thêm "
            "dòng rồi in lại."
        )


def _pack(run: PrintRun, folder: Path) -> Path:
    """Return a ZIP of the single files, in calling order; a PDF is compressed already."""
    target = folder / SINGLES
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for number, sheet in enumerate(run.job["sheets"], 1):
            packed.write(folder / ONE / f"{sheet['key']}.pdf", file_name(number, sheet["name"]))
    return target


def file_name(number: int, name: str) -> str:
    """Return “007 Nguyễn Thị Lan.pdf”, without signs that file systems refuse."""
    shown = " ".join(_NOT_IN_NAMES.sub(" ", name).split()).strip(". ")
    return f"{number:03} {shown[:80] or 'tờ'}.pdf"


def _keep(made: Path) -> str:
    """Store a file under a name that cannot be guessed."""
    with made.open("rb") as file:
        return default_storage.save(f"press/tep/{secrets.token_hex(16)}{made.suffix}", File(file))


def _tell(run: PrintRun, failure: str) -> None:
    model = run.content_type.model_class()
    opts = getattr(model, "_meta")  # noqa: B009 (Django's public API behind an underscore)
    tell(
        [run.asked_by],
        "printed",
        "Không in được" if failure else "Tệp in đã xong",
        about=run.title,
        words=failure or f"{run.total} tờ. Tệp được giữ {settings.PRINT_DAYS} ngày rồi tự xóa.",
        address=f"/admin/{opts.app_label}/{opts.model_name}/{run.object_id}/in/",
        once=f"printed:{run.pk}",
    )


def delete_old_files() -> int:
    """Delete the files and words of runs older than settings.PRINT_DAYS; the line of the log stays."""
    oldest = timezone.now() - datetime.timedelta(days=settings.PRINT_DAYS)
    runs = PrintRun.objects.filter(finished_at__lt=oldest, files_deleted_at=None)[:50]
    for run in runs:
        for name in filter(None, (run.whole, run.singles)):
            default_storage.delete(name)
        PrintRun.objects.filter(pk=run.pk).update(
            files_deleted_at=timezone.now(), whole="", singles="", job={}, notes=[]
        )
    return len(runs)
