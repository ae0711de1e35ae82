"""What a page is told about a photo."""

import json

import pytest
from django.template.loader import render_to_string

from media.presentation import photo_for, thumbnail
from tests.factories.media import make_photo


def test_a_photo_is_plain_values_that_survive_json(db, django_assert_num_queries):
    photo = make_photo("Lễ khai giảng", alt_text="Sân trường đông người", credit="Lan", content_hash="a" * 64)
    base = "/uploads/anh/" + "a" * 64
    with django_assert_num_queries(0):
        shown = photo_for(photo)
    assert shown == {
        "src": f"{base}/1200.jpg",
        "srcset_avif": f"{base}/480.avif 480w, {base}/800.avif 800w, {base}/1200.avif 1200w",
        "srcset_jpeg": f"{base}/480.jpg 480w, {base}/800.jpg 800w, {base}/1200.jpg 1200w",
        "width": 1200,
        "height": 800,
        "alt": "Sân trường đông người",
        "caption": "Lễ khai giảng",
        "credit": "Lan",
        "focus": "",
    }
    assert json.loads(json.dumps(shown)) == shown
    assert thumbnail(photo) == f"{base}/480.jpg"


def test_words_given_stand_before_the_photo_s_own(db):
    photo = make_photo("Của kho", alt_text="Của kho", credit="Của kho")
    assert photo_for(photo, caption="Của bài", credit="", alt="Khác")["caption"] == "Của bài"
    shown = photo_for(photo, caption="", credit="", alt="")
    assert (shown["caption"], shown["credit"], shown["alt"]) == ("", "", "")


def test_a_decorative_photo_says_nothing_to_a_screen_reader(db):
    assert photo_for(make_photo(is_decorative=True, alt_text="Hoa văn"))["alt"] == ""


@pytest.mark.parametrize(
    ("x", "y", "classes"), [(50, 40, ""), (10, 40, "fx-l"), (90, 90, "fx-r fy-b"), (50, 5, "fy-t")]
)
def test_a_thumbnail_is_cropped_around_the_editor_s_point(db, x, y, classes):
    assert photo_for(make_photo(focal_x=x, focal_y=y))["focus"] == classes


def test_the_component_draws_it(db):
    shown = photo_for(make_photo('Cô "Lan" & em', alt_text='"><script>'))
    page = render_to_string("_components/figure.html", {"photo": shown, "sizes": "40rem"})
    assert 'type="image/avif"' in page
    assert 'width="1200" height="800"' in page
    assert "Ảnh: Trần Văn Minh" in page
    assert "<script>" not in page
