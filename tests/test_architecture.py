"""Imports, relations and includes point down the stack."""

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture import (
    ROOT,
    TOP_FOLDERS,
    circles,
    import_violations,
    module_name,
    python_files,
    relation_violations,
    room_of,
    template_violations,
)


def _sources() -> dict[str, str]:
    return {module_name(path): path.read_text() for path in python_files()}


def _tag_rooms() -> dict[str, str]:
    return {
        path.stem: path.parts[-3] for room in TOP_FOLDERS for path in (ROOT / room).glob("templatetags/*.py")
    }


def test_every_module_stands_in_a_room_of_the_stack():
    homeless = {module for module in _sources() if module not in TOP_FOLDERS and not room_of(module)}
    assert homeless == set()


def test_imports_point_down():
    assert [v for module, source in _sources().items() for v in import_violations(module, source)] == []


def test_no_modules_import_each_other_in_a_circle():
    assert circles(_sources()) == []


def test_relations_point_down():
    assert relation_violations(apps.get_models(include_auto_created=True)) == []


def test_templates_reach_down():
    rooms, found = _tag_rooms(), []
    for path in (ROOT / "templates").rglob("*.html"):
        name = path.relative_to(ROOT / "templates").as_posix()
        found += template_violations(name, path.read_text(), rooms)
    assert found == []


# --- the checkers catch what they are for ------------------------------------------------------------


def test_an_import_upwards_is_caught():
    assert import_violations("media.views", "from articles.models import PublishedArticle\n")
    assert import_violations("media.views", "def f():\n    import frontpage.layout\n")
    assert import_violations("articles.public.cards", "from articles.office import desk\n")
    assert import_violations("articles.office.desk", "from articles.bulk.wholesale import x\n")
    assert import_violations("articles.office.desk", "from articles.public.cards import x\n") == []
    assert import_violations("departments.models", "from approvals.engine import take\n")
    assert import_violations(
        "events.views", "from django.apps import apps\napps.get_model('awards.Decision')\n"
    )
    assert import_violations("media.views", "from tests.factories.media import make_photo\n")
    assert import_violations("media.views", "from . import models\n")
    assert import_violations("awards.views", "from events.models import Event\nimport articles_extra\n") == []


def test_a_circle_is_caught():
    sources = {"a.x": "from a import y\n", "a.y": "import a.z\n", "a.z": "from a.x import one\n"}
    assert circles(sources) == ["a.x → a.y → a.z → a.x"]
    assert circles(sources | {"a.z": "def later():\n    from a.x import one\n"}) == []


def test_a_relation_upwards_is_caught_also_when_written_as_a_string():
    with isolate_apps("media", "articles", "departments", "awards", "events", "documents", "accounts"):

        class Section(models.Model):
            class Meta:
                app_label = "articles"

        class Planted(models.Model):
            section = models.ForeignKey("articles.Section", models.CASCADE)
            sections = models.ManyToManyField("articles.Section", related_name="+")

            class Meta:
                app_label = "media"

    Section.__module__, Planted.__module__ = "articles.models", "media.models"
    found = relation_violations([Planted, Section])
    assert len(found) == 2
    assert found[0].startswith("Planted.section points upwards")


def test_an_include_upwards_is_caught():
    tags = {"article_tags": "articles"}
    assert template_violations("events/event_detail.html", '{% include "articles/_card.html" %}', tags)
    assert template_violations("_components/photo.html", '{% include "media/_photo.html" %}', tags)
    assert template_violations("admin/events/event/change_form.html", "{% load i18n article_tags %}", tags)
    assert template_violations("articles/_card.html", '{% include "_components/photo.html" %}', tags) == []
    assert template_violations("frontpage/home.html", "{% load article_tags %}", tags) == []
    assert template_violations("admin/articles/x.html", '{% extends "admin/base_site.html" %}', tags) == []
