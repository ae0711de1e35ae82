"""`python -m signing.checking.process FOLDER`: judge the files of a job, one line of JSON each.

The folder has `job.json`: {"roots", "others", "lists": [base64 DER], "now": ISO time, "files": [{"key",
"path", "frozen": path or null, "clear": […]}]}. The process has no environment, little memory, little
time: a file that takes too much ends it and nothing else.
"""

import base64
import datetime
import json
import logging
import resource
import sys
from pathlib import Path
from typing import Any

MEMORY = 400 * 1024 * 1024
SECONDS = 8  # of processor time for loading, and for each file
JOB = "job.json"


def main(folder: Path) -> None:
    job = json.loads((folder / JOB).read_text())
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    most = SECONDS * (1 + len(job["files"]))
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    logging.disable(logging.CRITICAL)  # pyHanko is loud about strange files
    from signing.checking.signatures import Trust, judge  # noqa: PLC0415 (after the limits)

    ders = {name: [base64.b64decode(one) for one in job[name]] for name in ("roots", "others", "lists")}
    trust = Trust(**ders, now=datetime.datetime.fromisoformat(job["now"]))
    for file in job["files"]:
        frozen = Path(file["frozen"]).read_bytes() if file["frozen"] else None
        say({"key": file["key"]} | judge(Path(file["path"]).read_bytes(), trust, frozen, file["clear"]))


def say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201 (the answer to our parent)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
