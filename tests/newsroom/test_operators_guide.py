"""The guide for operators names everything the settings read, and its files say what they should."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.architecture import ROOT

PATH = str(ROOT / "docs" / "cai-dat")
INSTALLER = Path(PATH).read_text()
GUIDE = (ROOT / "docs" / "van-hanh.md").read_text()


def test_every_variable_of_the_settings_stands_in_the_table():
    sources = [(ROOT / "newsroom" / name).read_text() for name in ("environment.py", "settings.py")]
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", "".join(sources)))
    table = {
        name
        for row in re.findall(r"^\| (`[^|]+) \|", GUIDE, re.MULTILINE)
        for name in re.findall("`([A-Z_]+)`", row)
    }
    assert len(read) > 20
    assert read - table == set()
    assert {name for name in table if name.isupper()} - read == set()


def test_every_file_the_guide_links_is_there():
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", GUIDE) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


def test_the_example_of_the_environment_uses_known_names():
    names = re.findall(
        r"^(?:# )?([A-Z_]+)=", (ROOT / "docs" / "toasoan.env.example").read_text(), re.MULTILINE
    )
    assert {"SECRET_KEY", "PURGE_URL"} <= set(names)
    assert [name for name in names if f"`{name}`" not in GUIDE] == []


def test_the_image_runs_without_rights_and_writes_in_one_place():
    image, compose = (ROOT / "Dockerfile").read_text(), (ROOT / "compose.yaml").read_text()
    assert "USER toasoan" in image
    assert "HEALTHCHECK" in image
    assert "VAR_DIR=/data" in image
    assert "read_only: true" in compose


def test_code_is_compiled_ahead_wherever_the_program_may_not_write_beside_it():
    ours = r"python -m compileall -q -x '/(\.venv|tests)/' ."
    assert ours in INSTALLER
    assert "UV_COMPILE_BYTECODE=1" in INSTALLER
    image = (ROOT / "Dockerfile").read_text()
    assert image.index("COPY . .") < image.index(ours)


def test_the_installer_is_a_script_any_shell_reads_and_refuses_in_words():
    assert subprocess.run(["/bin/sh", "-n", PATH], check=False).returncode == 0  # noqa: S603 (our own words)
    refused = subprocess.run(["/bin/sh", PATH, "--domain"], check=False, capture_output=True, text=True)  # noqa: S603
    assert refused.returncode == 1
    assert refused.stderr.startswith("\nDừng lại: ")


def test_every_option_of_the_installer_stands_in_its_help():
    options = set(re.findall(r"^      (--[a-z-]+)[|)]", INSTALLER, re.MULTILINE))
    help_text = INSTALLER[INSTALLER.index("help() {") : INSTALLER.index("\nX\n")]
    assert {"--domain", "--postgres"} <= options
    assert {one for one in options if one not in help_text} == {"--help"}


def test_the_installer_starts_every_unit_and_copies_every_part_of_nginx():
    timers_and_services = {one.name for one in (ROOT / "docs" / "systemd").iterdir()}
    started = set(re.search(r"enable -q --now (toasoan\.socket.*)", INSTALLER)[1].split())
    by_timer = {f"{name.removesuffix('.timer')}.service" for name in started if name.endswith(".timer")}
    assert timers_and_services == started | by_timer
    included = set(
        re.findall(r"include (newsroom-\w+)\.conf", (ROOT / "docs/nginx/newsroom.conf").read_text())
    )
    assert included == {"newsroom-headers", "newsroom-security", "newsroom-upstream"}


def test_settings_are_read_from_one_file_by_one_reader(tmp_path):
    file = tmp_path / "toasoan.env"
    file.write_text('SECRET_KEY=a&b;$(c)#d\n# DEBUG=1\nDEFAULT_FROM_EMAIL="Tòa soạn <a@giaoduc.example>"\n')
    ask = "import newsroom.settings as s; print(s.SECRET_KEY, s.DEFAULT_FROM_EMAIL, s.DEBUG)"

    def run(path):
        environment = {"PATH": os.environ["PATH"], "SETTINGS_FILE": str(path), "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-c", ask]
        return subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, env=environment)  # noqa: S603

    assert run(file).stdout == "a&b;$(c)#d Tòa soạn <a@giaoduc.example> False\n"
    assert "SETTINGS_FILE" in run(tmp_path / "missing.env").stderr
    for unit in (ROOT / "docs" / "systemd").glob("*.service"):
        assert "EnvironmentFile" not in unit.read_text()
        assert "SETTINGS_FILE=/etc/toasoan.env" in unit.read_text()
    assert "env_file" not in (ROOT / "compose.yaml").read_text()
