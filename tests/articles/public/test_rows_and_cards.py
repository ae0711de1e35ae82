"""Two photos in a row and a document card: how they are stored, drawn and compared."""

import datetime

import pytest

from articles.approval.freezing import content_of
from articles.approval.releasing import redraw_outdated
from articles.text.body import clean_body, figures_in, render
from articles.text.comparing import compare
from media.models import Photo
from tests.factories.articles import figure_of, make_draft, make_published
from tests.factories.media import make_photo


def figure(number, beside=""):
    return f'<figure data-photo="{number}"{beside}><figcaption>Ảnh {number}</figcaption></figure>'


BESIDE = ' data-beside="1"'


@pytest.mark.parametrize(
    ("body", "beside"),
    [
        (figure(1) + figure(2, BESIDE), [False, True]),
        (figure(1, BESIDE) + figure(2), [False, False]),
        (figure(1) + figure(2, BESIDE) + figure(3, BESIDE), [False, True, False]),
        (figure(1) + figure(2, BESIDE) + figure(3) + figure(4, BESIDE), [False, True, False, True]),
        (figure(1) + "<p>Lời.</p>" + figure(2, BESIDE), [False, False]),
        (figure(1) + figure(2, ' data-beside="yes"'), [False, False]),
    ],
)
def test_a_photo_stands_beside_the_one_before_it_or_alone(body, beside):
    stored = clean_body(body)
    assert [one.is_beside for one in figures_in(stored)] == beside
    assert clean_body(stored) == stored


def drawn(body, missing=()):
    hero, html = render(clean_body(body), lambda one: "" if one.photo_id in missing else f"[{one.photo_id}]")
    return hero and hero.photo_id, str(html)


def test_a_row_is_drawn_as_one_and_stays_in_the_text():
    row = '<div class="photo-pair">\n[2]\n[3]\n</div>'
    assert drawn(figure(1) + figure(2) + figure(3, BESIDE)) == (1, row)
    assert drawn(figure(2) + figure(3, BESIDE) + "<p>Lời.</p>") == (None, f"{row}\n<p>Lời.</p>")


def test_half_a_row_stands_alone_when_the_other_photo_may_not_be_shown():
    body = "<p>Lời.</p>" + figure(2) + figure(3, BESIDE)
    assert drawn(body, missing=[3])[1] == "<p>Lời.</p>\n[2]\n"
    assert drawn(body, missing=[2])[1] == "<p>Lời.</p>\n\n[3]"


@pytest.mark.parametrize(
    ("paragraph", "is_card"),
    [
        ('<p><a href="/van-ban/89-kh-sgddt/">Kế hoạch 89</a></p>', True),
        ('<p>Xem <a href="/van-ban/89-kh-sgddt/">Kế hoạch 89</a></p>', False),
        ('<p><a href="/van-ban/89-kh-sgddt/">Kế hoạch 89</a>.</p>', False),
        ('<p><a href="/van-ban/">Văn bản</a></p>', False),
        ('<p><a href="https://vidu.example/van-ban/89/">Kế hoạch 89</a></p>', False),
        ('<ul><li><a href="/van-ban/89-kh-sgddt/">Kế hoạch 89</a></li></ul>', False),
    ],
)
def test_a_paragraph_that_is_only_a_link_to_a_document_is_a_card(paragraph, is_card):
    assert ('class="doc-card"' in drawn(paragraph)[1]) is is_card


@pytest.mark.django_db
def test_moving_a_photo_into_a_row_is_a_difference_the_head_sees(collaborator, school):
    first, second = make_photo(department=school), make_photo(department=school)
    body = figure_of(first) + figure_of(second)
    article = make_draft(collaborator, body=body)
    before = content_of(article)
    after = before | {"body": clean_body(body[: body.rindex("<figure")] + figure_of(second, beside=True))}
    assert [one.note for one in compare(before, after)] == ["đứng cạnh ảnh trước"]
    assert [one.note for one in compare(after, before)] == ["không còn đứng cạnh ảnh trước"]


@pytest.mark.django_db
def test_readers_see_the_row_and_a_photo_that_ends_leaves_its_neighbour(client, collaborator, head, school):
    first, second = make_photo(department=school), make_photo(department=school)
    body = "<p>Mở đầu.</p>" + figure_of(first, "Ảnh trái") + figure_of(second, "Ảnh phải", beside=True)
    page = make_published(collaborator, head, body=body)
    shown = client.get(page.get_absolute_url()).text
    assert 'class="photo-pair"' in shown
    assert shown.index("Ảnh trái") < shown.index("Ảnh phải")
    Photo.objects.filter(pk=second.pk).update(rights_until=datetime.date(2020, 1, 1))
    redraw_outdated()
    shown = client.get(page.get_absolute_url()).text
    assert "Ảnh trái" in shown
    assert "Ảnh phải" not in shown
    assert 'class="photo-pair"' not in shown
