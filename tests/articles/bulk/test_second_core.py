"""The second process ends when its command ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.architecture import ROOT

COMMAND = """
import os, time
import django
django.setup()
from articles.bulk.second_core import WORTH_IT, SecondCore
if __name__ == "__main__":
    with SecondCore(WORTH_IT) as core:
        print(core.ask(os.getpid)(), flush=True)
        time.sleep(60)
"""


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_command_that_is_killed_leaves_no_helper_behind(tmp_path):
    script = tmp_path / "command.py"
    script.write_text(COMMAND)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    command = subprocess.Popen(  # noqa: S603 (our own words)
        [sys.executable, str(script)], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    helper = int(command.stdout.readline())
    assert helper == command.pid or is_there(helper)
    command.send_signal(signal.SIGKILL)
    command.wait()
    command.stdout.close()
    deadline = time.monotonic() + 10
    while helper != command.pid and is_there(helper):
        assert time.monotonic() < deadline, "it waits for work for ever"
        time.sleep(0.05)
