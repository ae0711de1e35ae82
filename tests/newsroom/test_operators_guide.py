"""The guide for operators names everything the settings read, and its files say what they should."""

import re

from tests.architecture import ROOT

GUIDE = (ROOT / "docs" / "van-hanh.md").read_text()


def test_every_variable_of_the_settings_stands_in_the_table():
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", (ROOT / "newsroom" / "settings.py").read_text()))
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
    assert GUIDE.count(ours) == GUIDE.count("UV_COMPILE_BYTECODE=1") == 2  # installing, and each new version
    image = (ROOT / "Dockerfile").read_text()
    assert image.index("COPY . .") < image.index(ours)
