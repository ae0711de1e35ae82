"""Known tags are offered while one is typed: by keys, by touch; a draft's tag is offered to nobody."""

import pytest

from articles.models import Article
from tests.factories.articles import make_draft, make_published
from tests.journeys.browsing import PHONE, open_story, sign_in, wait_until_saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_known_tag_is_chosen_by_keys_and_by_touch(browse, collaborator, head):
    make_published(collaborator, head, tags=["Chuyển đổi xanh", "Chuyển đổi số", "thi đua"])
    draft = make_draft(collaborator, title="Bài mới", tags=["kín"])
    page = browse(PHONE, has_touch=True)
    sign_in(page, collaborator.username)
    open_story(page, draft)
    field, options = page.locator("#id_tags"), page.locator("#known-tags-list [role=option]")
    field.fill("")
    field.press_sequentially("chuyen d")
    assert sorted(options.all_text_contents()) == ["Chuyển đổi số", "Chuyển đổi xanh"]
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = options.first.text_content()
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Enter")
    assert field.input_value() == f"{chosen}, "
    field.press_sequentially("#chuyển")
    assert options.count() == 1
    options.first.tap()
    assert options.first.is_hidden()
    field.press_sequentially("kí")
    assert options.count() == 0
    field.press_sequentially("nh lúp")
    page.keyboard.press("Tab")
    wait_until_saved(page)
    names = sorted(Article.objects.get(pk=draft.pk).tags.names())
    assert names == ["Chuyển đổi số", "Chuyển đổi xanh", "kính lúp"]


def test_without_script_the_field_is_plain(client, collaborator, head):
    make_published(collaborator, head, tags=["Chuyển đổi xanh"])
    draft = make_draft(collaborator)
    client.force_login(collaborator)
    html = client.get(f"/admin/articles/article/{draft.pk}/change/").text
    assert '<datalist id="known-tags"><option value="Chuyển đổi xanh"></option></datalist>' in html
    assert 'list="known-tags"' not in html
