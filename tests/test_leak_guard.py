"""A draft cannot leak: no import leads from a public address to a model whose rows are not public."""

import re

import pytest
from django.apps import apps

from tests.architecture import ROOT, room_of
from tests.leak_guard import (
    OPEN,
    PASSED_BY,
    closed_models,
    closed_names,
    entry_points,
    holds_models,
    leak_paths,
    our_sources,
    public_addresses,
    trails,
    ways_back,
)

SOURCES = our_sources()
ENTRIES = sorted(entry_points(SOURCES))


def test_no_public_address_reaches_a_closed_model():
    assert leak_paths(SOURCES, ENTRIES) == []


def test_public_templates_name_no_way_back_to_a_closed_model():
    names = sorted(name for name in ways_back() if not name.endswith("__"))
    pattern = re.compile(rf"\.(?:{'|'.join(names)})\b")
    assert pattern.search("{{ tag.draft_uses.all }}")
    public = [p for p in (ROOT / "templates").rglob("*.html") if "admin" not in p.relative_to(ROOT).parts]
    assert [path.name for path in public if pattern.search(path.read_text())] == []


@pytest.mark.parametrize("module", ENTRIES)
def test_an_import_planted_where_a_stranger_comes_in_is_caught(module):
    for planted in (
        "from articles.models import Article",
        "def later():\n    from articles.models.article import Article",
        "import articles.models as stories\nstories.Article.objects",
        "from articles import models\nmodels.Article",
        "from django.apps import apps\napps.get_model('articles', 'article')",
        "from articles.approval import freezing",
    ):
        sources = SOURCES | {module: f"{SOURCES[module]}\n{planted}\n"}
        assert any(module in path for path in leak_paths(sources, [module])), planted


@pytest.mark.parametrize("model", sorted(closed_models()))
def test_every_closed_model_is_caught(model):
    home = next(m.__module__ for m in apps.get_models() if m.__name__ == model and room_of(m.__module__))
    source = f"{SOURCES['frontpage.views']}\nfrom {home} import {model}\n"
    assert leak_paths(SOURCES | {"frontpage.views": source}, ["frontpage.views"]) == [
        f"frontpage.views → {model}"
    ]


def test_an_import_planted_anywhere_within_reach_is_caught():
    near = [module for module in trails(SOURCES, ENTRIES) if not holds_models(module)]
    planted = "\nfrom articles.models import Revision\n"
    missed = [m for m in near if not leak_paths({m: SOURCES[m] + planted}, [m])]
    assert len(near) > 80
    assert missed == []


def test_a_way_back_from_an_open_row_is_caught():
    assert "draft_uses" in ways_back()
    assert closed_names("articles.public.views", "tag.draft_uses.all()\n") == {"draft_uses"}
    assert closed_names("articles.public.views", "Tag.objects.filter(draft_uses__isnull=False)\n")
    assert closed_names("articles.public.views", "Tag.objects.values('draft_uses__content_object__title')\n")


def test_what_is_public_is_not_called_closed():
    source = "from articles.models import PublishedArticle, Section\nfrom events.models import Event\n"
    assert closed_names("articles.public.views", source) == set()


def test_public_and_private_addresses_are_told_apart():
    addresses = {address for found in public_addresses().values() for address in found}
    assert {"", "tim-kiem/", "rss.xml", "khen-thuong/xac-minh/<str:code>/", "healthz"} <= addresses
    assert any(address.startswith("api/v1/") for address in addresses)
    assert not any(address.startswith(("admin/", "xem-truoc/")) for address in addresses)


def test_lists_of_the_guard_name_what_is_there():
    names = {model.__name__ for model in apps.get_models()}
    assert OPEN - names == set()
    for module, model in PASSED_BY:
        assert model in closed_models()
        assert re.search(rf"\b{model}\b", SOURCES[module])
