"""Draws the sheets of a job in a process of its own, which may die safely.

`python -m press.typesetting.drawing FOLDER WANTED…` reads `job.json` (see `press.layout.make_job`) in FOLDER
and does what is WANTED, in this order: `fits` says which boxes shrank or overflowed, `whole` writes all
sheets into `whole.pdf`, `singles` one file a sheet into `one/`, `picture` the first sheet into `sheet.png`.

It says on its standard output, a line of JSON each, {"fits": […]}, {"done": n}, {"made": name} or {"refused":
words}. Files that stand there already are not drawn again, so it goes on where a process that was killed
stopped. It uses neither Django nor the environment.
"""

import json
import resource
import shutil
import sys
from pathlib import Path
from typing import Any

import segno
import typst

HERE = Path(__file__).parent
MEBIBYTE = 1024 * 1024
# Data memory; 500 sheets take 170 MiB, threads reserve the rest without using it.
MEMORY = 1024 * MEBIBYTE
SHEET, CALIBRATION, LISTING = "sheet.typ", "calibration.typ", "listing.typ"
JOB, WHOLE, PICTURE, ONE, CODES = "job.json", "whole.pdf", "sheet.png", "one", "codes"
PICTURE_DPI = 96
# The mask is fixed: choosing the best of eight takes three quarters of the time, and readers need none.
MASK = 3
QUIET_ZONE = 4
STANDARD = "a-2b"  # with it a letter that the font lacks is an error, without it a gap


class Typesetter:
    """The typesetter in one folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.job = json.loads((folder / JOB).read_text())
        self.options: dict[str, Any] = {
            "root": str(folder),
            "font_paths": [str(HERE / "fonts")],
            "ignore_system_fonts": True,
        }
        self.source = self.job.get("source", SHEET)
        shutil.copyfile(HERE / self.source, folder / self.source)
        (folder / CODES).mkdir(exist_ok=True)
        (folder / ONE).mkdir(exist_ok=True)
        for sheet in self.job["sheets"]:
            if sheet["address"]:
                draw_code(sheet["address"], folder / CODES / f"{sheet['key']}.svg")

    def fits(self) -> list[dict[str, Any]]:
        """Return the boxes that shrank, took several lines or overflowed: sheet, box, size, lines, fits."""
        said = typst.query(
            str(self.folder / self.source), "<fit>", field="value", sys_inputs={"job": JOB}, **self.options
        )
        found: list[dict[str, Any]] = json.loads(said)
        return found

    def draw(self, target: Path, job: str = JOB, **form: Any) -> None:
        """Write the file under its name when it is complete."""
        part = target.with_suffix(".part")
        typst.compile(
            str(self.folder / self.source), output=str(part), sys_inputs={"job": job}, **self.options, **form
        )
        part.replace(target)

    def draw_document(self, target: Path, job: str = JOB) -> None:
        if not target.exists():
            self.draw(target, job, format="pdf", pdf_standards=STANDARD, timestamp=self.job["moment"])

    def draw_singles(self) -> None:
        sheets = self.job["sheets"]
        for number, sheet in enumerate(sheets, 1):
            place = f"{ONE}/{sheet['key']}"
            (self.folder / f"{place}.json").write_text(json.dumps(self.job | {"sheets": [sheet]}))
            self.draw_document(self.folder / f"{place}.pdf", f"{place}.json")
            say(done=number)


def draw_code(address: str, target: Path) -> None:
    """Write the QR code of an address, with its quiet zone."""
    if not target.exists():
        code = segno.make(address, error="m", micro=False, boost_error=False, mask=MASK)
        code.save(str(target), border=QUIET_ZONE, light="#ffffff")


def say(**words: Any) -> None:
    print(json.dumps(words), flush=True)  # noqa: T201 (the answer to our parent)


def main(folder: Path, wanted: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    setter = Typesetter(folder)
    try:
        if "fits" in wanted:
            say(fits=setter.fits())
        if "whole" in wanted:
            setter.draw_document(folder / WHOLE)
            say(made=WHOLE)
        if "singles" in wanted:
            setter.draw_singles()
        if "picture" in wanted:
            setter.draw(folder / PICTURE, format="png", ppi=PICTURE_DPI)
            say(made=PICTURE)
    except typst.TypstError as refusal:
        say(refused=str(refusal)[:2000])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
