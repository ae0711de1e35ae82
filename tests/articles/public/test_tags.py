"""Tags come back into the form as they were typed."""

import pytest

from articles.models import Tag
from articles.public.tags import tag_list, tags_in
from tests.factories.articles import make_draft


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Truyền thông", ["Truyền thông"]),
        ("Truyền thông, Tập huấn,, thi đua ,Tập huấn", ["Truyền thông", "Tập huấn", "thi đua"]),
        ('"Truyền thông", "Dạy, học"', ["Truyền thông", "Dạy, học"]),
        ('Trường "xanh", thi đua', ['Trường "xanh"', "thi đua"]),
        ('"Dạy" và "học", "xanh', ['Dạy" và "học"', "xanh"]),
        (" , ", []),
        (None, []),
    ],
)
def test_tags_are_what_stands_between_commas(typed, names):
    assert tags_in(typed) == names
    assert tags_in(tag_list(Tag(name=name) for name in names)) == sorted(names)


@pytest.mark.django_db
def test_the_form_shows_a_plain_list(client, collaborator):
    draft = make_draft(collaborator)
    draft.tags.set(["Truyền thông", "Tập huấn"])
    client.force_login(collaborator)
    html = client.get(f"/admin/articles/article/{draft.pk}/change/").content.decode()
    assert 'value="Truyền thông, Tập huấn"' in html or 'value="Tập huấn, Truyền thông"' in html
