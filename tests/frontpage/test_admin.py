"""Only the managing editor puts stories on the front page, and only live ones."""

import pytest
from django.urls import reverse

from frontpage.enums import Slot
from frontpage.models import Placement
from tests.factories.articles import make_published, withdraw

ADD = "/admin/frontpage/placement/add/"


@pytest.fixture
def form(collaborator, head):
    page = make_published(collaborator, head)
    return {
        "slot": Slot.TOP,
        "article": page.pk,
        "position": 1,
        "starts_at_0": "20/11/2026",
        "starts_at_1": "07:30",
    }


def test_the_managing_editor_places_a_story(client, managing_editor, form):
    client.force_login(managing_editor)
    response = client.post(ADD, form)
    assert response.status_code == 302, response.context["adminform"].form.errors
    assert Placement.objects.get().article_id == form["article"]


def test_a_withdrawn_story_cannot_be_placed(client, managing_editor, form, head):
    withdraw(Placement._meta.get_field("article").related_model.objects.get(pk=form["article"]), head)
    client.force_login(managing_editor)
    assert client.post(ADD, form).status_code == 200
    assert not Placement.objects.exists()


def test_the_search_for_a_story_offers_live_ones_only(client, managing_editor, collaborator, head):
    live = make_published(collaborator, head, title="Chào cờ đầu tuần")
    gone = make_published(collaborator, head, title="Chào cờ bị gỡ")
    withdraw(gone, head)
    client.force_login(managing_editor)
    asked = {"app_label": "frontpage", "model_name": "placement", "field_name": "article", "term": "chao co"}
    found = client.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [row["id"] for row in found] == [str(live.pk)]


@pytest.mark.parametrize(
    ("person", "code"),
    [("collaborator", 403), ("head", 403), ("desk_editor", 403), ("registrar", 403), ("administrator", 403)],
)
def test_nobody_else_may(client, request, form, person, code):
    client.force_login(request.getfixturevalue(person))
    assert client.post(ADD, form).status_code == code
    assert not Placement.objects.exists()


def test_the_list_says_what_is_shown_now(client, managing_editor, form):
    client.force_login(managing_editor)
    client.post(ADD, form)
    for when in ("nay", "sau", "het"):
        assert client.get("/admin/frontpage/placement/", {"luc": when}).status_code == 200
