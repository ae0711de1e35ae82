"""The habits of the house hold in every file, and their checkers catch a planted mistake."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from approvals.insert_only import InsertOnly
from tests.architecture import ROOT, module_name, python_files, room_of
from tests.house_rules import (
    all_files,
    folder_violations,
    habit_violations,
    length_violations,
    place_violations,
    query_violations,
    status_violations,
    template_violations,
    trust_violations,
)
from tests.leak_guard import entry_points, our_sources, trails

OURS = [model for model in apps.get_models() if room_of(model.__module__)]
# Django gives every ModelAdmin search_fields = (); a list without a search says why in `no_search`.
FROZEN_BY_THE_ENGINE = {"status", "version", "published_at", "state"}


def _sources(migrations: bool = False) -> dict[str, str]:
    found = {module_name(path): path.read_text() for path in python_files()}
    return {name: text for name, text in found.items() if migrations or ".migrations" not in name}


def _with_status() -> set[str]:
    return {m.__name__ for m in OURS if {"status", "state"} & {f.name for f in m._meta.fields}}


def _within_reach() -> set[str]:
    """Modules a public address reaches, but for the querysets: there stand the doors themselves."""
    sources = our_sources()
    found = trails(sources, entry_points(sources))
    return {module for module in found if not module.endswith("querysets")}


def _every(check, *extra) -> list[str]:
    return [line for module, source in _sources().items() for line in check(module, source, *extra)]


def test_modules_and_functions_are_short():
    assert _every(length_violations) == []


def test_no_folder_is_a_hall():
    assert folder_violations(path for path in python_files() if "migrations" not in path.parts) == []


def test_only_the_engine_moves_a_status():
    assert _every(status_violations, _with_status(), _within_reach()) == []


def test_html_is_trusted_in_one_place():
    assert _every(trust_violations) == []


def test_no_signals_no_busy_save_no_vague_names():
    assert _every(habit_violations) == []


def test_public_queries_begin_at_the_public_door():
    assert _every(query_violations, _within_reach()) == []


def test_templates_have_no_inline_code_and_are_short():
    found = []
    for path in (ROOT / "templates").rglob("*.html"):
        found += template_violations(path.relative_to(ROOT).as_posix(), path.read_text())
    assert found == []


def test_no_migration_is_missing():
    with translation.override(None):  # as makemigrations runs: the packages' own names stay English
        loader = MigrationLoader(None)
        finder = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        changes = finder.changes(loader.graph)
    assert {app: [str(m) for m in made] for app, made in changes.items()} == {}


def test_what_the_engine_writes_is_in_no_form():
    # Rows that are written once, by the engine or by a release, have no form at all.
    moved = [m for m in OURS if not issubclass(m, InsertOnly) and m.__name__ != "PublishedArticle"]
    open_fields = [
        f"{model.__name__}.{field.name}"
        for model in moved
        for field in model._meta.fields
        if field.name in FROZEN_BY_THE_ENGINE and field.editable
    ]
    assert open_fields == []


def test_every_admin_list_can_be_searched_or_says_why_not():
    silent = [
        type(model_admin).__name__
        for model, model_admin in admin.site._registry.items()
        if room_of(type(model_admin).__module__)
        and not model_admin.search_fields
        and not getattr(model_admin, "no_search", "")
    ]
    assert silent == []


def test_every_model_is_worded_for_the_screen():
    unworded = [m.__name__ for m in OURS if m._meta.verbose_name_plural == f"{m._meta.verbose_name}s"]
    assert unworded == []


def test_every_model_stands_in_the_glossary():
    words = set(re.findall(r"`(\w+)`", (ROOT / "GLOSSARY.md").read_text()))
    assert {m.__name__ for m in OURS} - words == set()


def test_nothing_names_a_machine_an_index_or_a_workplace():
    urls = [os.environ.get(name, "") for name in ("PIP_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX")]
    public = ("pypi.org", "files.pythonhosted.org")
    hosts = tuple(h for h in (urlsplit(url).hostname for url in urls) if h and h not in public)
    found = []
    for path in all_files(
        ".py", ".md", ".toml", ".html", ".css", ".js", ".txt", ".json", ".yml", ".conf", ""
    ):
        name = path.relative_to(ROOT).as_posix()
        if path.name not in ("uv.lock", "house_rules.py", "test_house.py"):
            found += place_violations(name, path.read_text(errors="ignore"), hosts)
    assert found == []


# --- the checkers catch what they are for ------------------------------------------------------------


def test_length_is_caught():
    long = "def work():\n" + "    x = 1\n" * 40
    assert length_violations("events.views", long) == ["events.views.work has 41 lines, 40 allowed"]
    assert (
        length_violations("events.views", 'def work():\n    """A.\n\n    B.\n    """\n' + "    x = 1\n" * 39)
        == []
    )
    assert length_violations("events.admin", "x = 1\n" * 151)
    assert length_violations("events.models", "x = 1\n" * 151) == []
    assert length_violations("events.models", "x = 1\n" * 401)


def test_a_hall_is_caught():
    hall = [Path("events") / f"module_{number}.py" for number in range(26)]
    assert folder_violations(hall) == ["events holds 26 modules, 25 allowed"]
    assert folder_violations([*hall[1:], Path("events/__init__.py")]) == []


@pytest.mark.parametrize(
    "source",
    [
        "article.status = Status.APPROVED\n",
        "self.record.status += 1\n",
        "Article.objects.filter(pk=1).update(status='live')\n",
        "Article.objects.create(status='live')\n",
        "Article(title='', status='live')\n",
        "Article.objects.update_or_create(pk=1, defaults={'status': 'live'})\n",
        "Article.objects.bulk_update(rows, ['status'])\n",
        "setattr(article, 'status', 'live')\n",
        "row.state = 'live'\n",
    ],
)
def test_a_status_set_by_hand_is_caught(source):
    assert status_violations("articles.office.admin", source, {"Article"})


def test_a_status_read_or_an_answer_code_is_not_a_written_status():
    source = "HttpResponse('', status=404)\nif article.status == 'live':\n    x = article.status\n"
    assert status_violations("articles.public.views", source, {"Article"}) == []
    assert status_violations("approvals.engine", "rows.update(status='live')\n", set()) == []
    assert status_violations("articles.approval.releasing", "row.state = 'live'\n", set()) == []
    assert status_violations("articles.approval.releasing", "row.status = 'live'\n", set())


def test_a_page_that_asks_for_the_status_itself_is_caught():
    near = {"events.views"}
    assert status_violations(
        "events.views", "Event.objects.filter(status='public')\n", set(), {"events.views"}
    )
    assert status_violations("events.querysets", "self.filter(status='public')\n", set(), near) == []


def test_trusted_html_is_caught():
    assert trust_violations("media.admin", "from django.utils.safestring import mark_safe\nmark_safe('x')\n")
    assert trust_violations("media.admin", "class X:\n    def __html__(self):\n        return ''\n")
    assert trust_violations("articles.text.body", "mark_safe('x')\n") == []
    assert template_violations("a.html", "<p>{{ body|safe }}</p>")
    assert template_violations("a.html", "{% autoescape off %}x{% endautoescape %}")


def test_inline_code_in_a_template_is_caught():
    assert template_violations("a.html", '<p style="color:red">')
    assert template_violations("a.html", "<STYLE>p{}</STYLE>")
    assert template_violations("a.html", "<script>go()</script>")
    assert template_violations("a.html", '<a {% if x %}class="b"{% endif %} onclick="go()">')
    assert template_violations("a.html", '<a href="javascript:go()">')
    assert template_violations("a.html", "x\n" * 151)
    assert template_violations("a.html", "{# a comment\nof two lines #}")
    assert template_violations("a.html", '<script nonce="{{ csp_nonce }}" src="/a.js" defer></script>') == []
    assert template_violations("a.html", '<script type="application/ld+json">{}</script>') == []
    assert template_violations("a.html", '{# <p style=""> #}<p class="style">data-on="x" con="y"') == []


def test_signals_busy_saves_and_vague_names_are_caught():
    assert habit_violations("events.models", "from django.db.models.signals import post_save\n")
    assert habit_violations("events.apps", "from django.dispatch import receiver\n")
    assert habit_violations("events.models", "class E:\n    def save(self):\n        pass\n")
    assert habit_violations("events.utils", "")


def test_a_public_query_past_the_door_is_caught():
    near = {"events.views", "frontpage.layout"}
    assert query_violations("events.views", "Event.objects.all()\n", near)
    assert query_violations("frontpage.layout", "PublishedArticle.objects.filter(pk=1)\n", near)
    assert query_violations("events.views", "Event.objects.public().filter(pk=1)\n", near) == []
    assert query_violations("events.admin", "Event.objects.all()\n", near) == []


def test_a_place_is_caught():
    home, index = "/ro" + "ot/.cache", "extra-index" + "-url = x"
    assert place_violations("README.md", f"see {home}")
    assert place_violations("README.md", index)
    assert place_violations("README.md", "as CONTR" + "ACT.md says")
    assert place_violations("README.md", "from pypi.inner.example", ("pypi.inner.example",))
    assert place_violations("README.md", "https://example.org/home/x and var/tmp and ~/work/x") == []
