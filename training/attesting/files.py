"""The drawn papers of one person or one unit, taken from the last run of the press that shows them."""

import io
import zipfile
from collections.abc import Iterable

from django.core.files.storage import default_storage

from press.enums import Purpose
from press.models import PrintRun
from press.running import file_name
from training.models import Attestation, AttestationList


def last_run(made: AttestationList) -> PrintRun | None:
    """Return the newest run whose files are there; those to be signed are the office's alone."""
    runs = PrintRun.objects.about(made).filter(purpose=Purpose.SHOWN, failure="", files_deleted_at=None)
    found: PrintRun | None = runs.exclude(singles="").order_by("-pk").first()
    return found


def papers_in(run: PrintRun, rows: Iterable[Attestation]) -> dict[str, bytes]:
    """Return the PDF files of these rows by name; rows that were not drawn or are revoked are left out."""
    places = {key: number for number, key in enumerate(run.keys, 1)}
    names = {sheet["key"]: sheet["name"] for sheet in run.job["sheets"]}
    found = {}
    with default_storage.open(run.singles) as stored, zipfile.ZipFile(stored) as packed:
        for row in rows:
            key = str(row.pk)
            if key in places and row.revoked_on is None:
                name = file_name(places[key], names[key])
                found[name] = packed.read(name)
    return found


def zip_of(files: dict[str, bytes]) -> bytes:
    """Return a ZIP of the files; a PDF is compressed already."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return target.getvalue()
