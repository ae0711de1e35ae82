"""Giấy khen that are signed electronically: the sheets of the newest run for signing, one file each."""

import io
import zipfile

from django.core.files.storage import default_storage

from approvals.enums import RecordStatus
from awards.models import Commendation, Decision
from awards.paper.subject import GIAY_KHEN, PRINT
from departments.naming import name_on
from press.clearing import areas_of
from press.enums import Purpose
from press.models import PrintRun
from press.proofs import unread_of_run, why_stale
from press.sheets import digest_of_all, sheets_of
from press.subjects import Sheet
from signing.subjects import NotToSign, Signable, ToSign, declare

_MAKE = "Hãy dựng tệp in với mục đích “Để ký và trao”, cả tờ chứ không chỉ chữ lên phôi, rồi giao ký số."


def _files(decision: Decision) -> list[ToSign]:
    run = PrintRun.objects.about(decision).filter(purpose=Purpose.SIGNING, failure="").first()
    if run is None or not run.has_files or run.on_stock or not default_storage.exists(run.singles):
        raise NotToSign(_MAKE)
    if unread_of_run(run, decision):
        raise NotToSign("Còn tờ chưa có người thứ hai đọc bản bông.")
    sheets = sheets_of(GIAY_KHEN, decision)
    if why := why_stale(run, GIAY_KHEN, decision, sheets):
        raise NotToSign(why)
    of_key = {sheet.key: sheet for sheet in sheets}
    with default_storage.open(run.singles) as stored, zipfile.ZipFile(io.BytesIO(stored.read())) as packed:
        data = [packed.read(name) for name in packed.namelist()]
    agency = name_on(decision.issuer, decision.signed_on)
    return [
        ToSign(
            row=int(drawn["key"]),
            name=drawn["name"],
            data=file,
            person=decision.signer_name,
            agency=agency,
            said=digest_of_all(of_key[drawn["key"]], GIAY_KHEN),
            clear=areas_of(run.job, drawn["key"], _must_be_read(of_key[drawn["key"]])),
        )
        for drawn, file in zip(run.job["sheets"], data, strict=True)
    ]


def _must_be_read(sheet: Sheet) -> list[str]:
    words = sheet.words | sheet.own
    kept = [one.key for one in GIAY_KHEN.fields if one.read and one.key != "cach_goi"]
    return [words.get(key, "") for key in (*kept, "so_quyet_dinh", "ma")]


def _said_today(decision: Decision, row: int | None) -> dict[int, str]:
    if decision.status != RecordStatus.PUBLIC:
        return {}
    keys = None if row is None else [str(row)]
    return {sheet.row.pk: digest_of_all(sheet, GIAY_KHEN) for sheet in sheets_of(GIAY_KHEN, decision, keys)}


def _address(decision: Decision, row: int) -> str:
    found = Commendation.objects.public().filter(pk=row, decision=decision).first()
    return found.get_absolute_url() if found else ""


SIGNED = declare(
    Signable(
        key="giay-khen",
        noun="giấy khen",
        model=Decision,
        permission=PRINT,
        files=_files,
        said_today=_said_today,
        address=_address,
    )
)
