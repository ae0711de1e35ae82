"""The file of `setup --from`: TOML with Vietnamese keys. Every fault names its line and its key."""

import datetime
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import Form, ModelForm

from foundation.sheets.reading import SheetRefused, read_file
from newsroom.first_day.forms import (
    FIRST_DAY_OF_TODAYS_PROVINCES,
    AdministratorForm,
    IdentityForm,
    why_not_since,
)
from newsroom.first_day.steps import DayOff
from records.lists.pasting import read_rows
from reform.form import YEARS
from reform.lines import Act, table_of_reform
from reform.planning import Plan, plan_of

IDENTITY = {
    "ten": "name",
    "ten_gon": "short_name",
    "gioi_thieu": "description",
    "co_quan": "organization",
    "co_quan_gon": "organization_short",
    "tinh": "province",
    "chiu_trach_nhiem": "responsible_name",
    "chuc_vu": "responsible_title",
    "dia_chi": "address",
    "dien_thoai": "phone",
    "thu": "email",
    "giay_phep": "licence",
    "hai_chu_ma": "code_prefix",
    "mau": "colour",
}
ADMINISTRATOR = {"ho_ten": "full_name", "ten_dang_nhap": "username", "thu": "admin_email"}
# Table → its keys and what stands there.
TABLES: dict[str, dict[str, type]] = {
    "trang": dict.fromkeys(IDENTITY, str),
    "so": {"tu_ngay": datetime.date},
    "quan_tri": dict.fromkeys(ADMINISTRATOR, str),
    "don_vi": {"bang": str, "tu_ngay": datetime.date, "can_cu": str},
    "chuyen_muc": {"de_nghi": bool},
    "nam_hoc": {"nam_dau": int},
    "ngay_nghi": {"ten": str, "tu": datetime.date, "den": datetime.date},
}
NEEDED, MANY = ("trang", "quan_tri"), "ngay_nghi"
_KIND = {
    str: "chữ trong dấu nháy",
    datetime.date: "ngày, ví dụ 2025-07-01",
    bool: "true hoặc false",
    int: "số, ví dụ 2026",
}
_HEAD = re.compile(r"\s*\[\[?\s*([^\]\s]+)\s*\]")
_KEY = re.compile(r"\s*([^\s=#]+)\s*=")


class FileRefused(Exception):
    """The file is wrong; `faults` are sentences, each with its line."""

    def __init__(self, faults: list[str]):
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass
class SetupFile:
    """What the file says, checked key by key."""

    path: Path
    said: dict[str, Any]
    lines: dict[tuple[str, str], int]
    faults: list[str] = field(default_factory=list)

    def fault(self, table: str, key: str, words: str) -> None:
        line = self.lines.get((table, key)) or self.lines.get((table, ""))
        place = f"[{table}] {key}".strip() if table else key
        self.faults.append(f"Dòng {line}, {place}: {words}" if line else f"{place}: {words}")

    @property
    def office_since(self) -> datetime.date:
        return self.said.get("so", {}).get("tu_ngay", FIRST_DAY_OF_TODAYS_PROVINCES)

    @property
    def days_off(self) -> list[DayOff]:
        rows = self.said.get(MANY, [])
        return [DayOff(row["ten"], row["tu"], row.get("den", row["tu"])) for row in rows]

    def identity_form(self) -> ModelForm:
        return self._form(IdentityForm, "trang", IDENTITY)

    def administrator_form(self) -> Form:
        return self._form(AdministratorForm, "quan_tri", ADMINISTRATOR)

    def units(self, since: datetime.date) -> Plan | None:
        """Return the plan of the spreadsheet; its faults are noted. Asks the database for the units there."""
        asked = self.said.get("don_vi", {})
        if "bang" not in asked:
            return None
        path = self.path.parent / asked["bang"]
        try:
            text = read_file(SimpleUploadedFile(path.name, path.read_bytes())).text
        except OSError:
            self.fault("don_vi", "bang", f"không mở được tệp {path}")
            return None
        except SheetRefused as refusal:
            self.fault("don_vi", "bang", str(refusal))
            return None
        report = read_rows(text, table_of_reform())
        for number, line in zip(report.lines, report.rows, strict=True):
            if line.act is not Act.FOUND:
                words = "khi dựng trang chỉ có Thành lập; việc khác làm sau ở mục Đơn vị"
                report.errors.append((number, words))
        plan = plan_of(report, day=asked.get("tu_ngay", since), document=asked.get("can_cu", ""))
        self.faults += [f"{path.name}, dòng {number}: {words}" for number, words in plan.errors]
        return plan

    def _form(self, form: type, table: str, names: dict[str, str]) -> Any:
        asked = self.said.get(table, {})
        filled = form({names[key]: value for key, value in asked.items() if key in names})
        keys = {name: key for key, name in names.items()}
        for name, words in filled.errors.items():
            self.fault(table, keys.get(name, ""), " ".join(words))
        return filled


def read_setup_file(path: Path) -> SetupFile:
    """Read and check the form of the file. Raises FileRefused with every fault found."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        said = tomllib.loads(text)
    except OSError as missing:
        raise FileRefused([f"Không mở được tệp {path}."]) from missing
    except UnicodeDecodeError as wrong:
        raise FileRefused([f"{path.name} không phải chữ UTF-8: hãy lưu lại dạng UTF-8."]) from wrong
    except tomllib.TOMLDecodeError as wrong:
        line = re.search(r"line (\d+)", str(wrong))
        place = f"Dòng {line[1]}" if line else "Cuối tệp"
        words = f"{place}: không đọc được. Chữ đặt trong dấu nháy kép, mỗi dòng một khóa = giá trị."
        raise FileRefused([words]) from wrong
    file = SetupFile(path, said, _lines_of(text))
    _check(file)
    if file.faults:
        raise FileRefused(file.faults)
    return file


def _check(file: SetupFile) -> None:
    for table, rows in file.said.items():
        if table not in TABLES:
            file.fault("", table, f"không có mục này; có: {', '.join(TABLES)}")
            continue
        is_many = table == MANY
        if not isinstance(rows, list if is_many else dict):
            file.fault(table, "", f"hãy viết {'[[ngay_nghi]]' if is_many else f'[{table}]'}")
            continue
        for row in rows if is_many else [rows]:
            _check_keys(file, table, row)
    since = file.said.get("so", {})
    if not file.faults and "tu_ngay" in since and (words := why_not_since(since["tu_ngay"])):
        file.fault("so", "tu_ngay", words)
    units = file.said.get("don_vi", {})
    if not file.faults and "tu_ngay" in units and units["tu_ngay"].year not in YEARS:
        file.fault("don_vi", "tu_ngay", "ngày phải từ năm 2000 đến năm 2100")
    for table in NEEDED:
        if table not in file.said:
            file.fault("", f"[{table}]", "chưa có mục này")


def _check_keys(file: SetupFile, table: str, row: dict[str, Any]) -> None:
    keys = TABLES[table]
    for key, value in row.items():
        if key not in keys:
            file.fault(table, key, f"không có khóa này; có: {', '.join(keys)}")
        elif type(value) is not keys[key]:
            file.fault(table, key, f"phải là {_KIND[keys[key]]}")
    if table == MANY:
        for key in {"ten", "tu"} - row.keys():
            file.fault(table, key, "chưa ghi")
        if {"tu", "den"} <= row.keys() and not file.faults and row["den"] < row["tu"]:
            file.fault(table, "den", "ngày cuối phải bằng hoặc sau ngày đầu")


def _lines_of(text: str) -> dict[tuple[str, str], int]:
    """Return where each key stands; of a table that is repeated, its last place."""
    found, table = {}, ""
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(line):
            table = head[1]
            found[table, ""] = found["", table] = number
        elif key := _KEY.match(line):
            found[table, key[1].strip("\"'")] = number
    return found
