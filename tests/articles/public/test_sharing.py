"""A shared story shows its title and photo as approved, and nothing once it is withdrawn."""

import base64
import io
import json
import re
import subprocess
import sys
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from articles.models import Article, PublishedArticle
from articles.public.share_card import card_of
from foundation.sharecards.drawing import draw
from media.models import Photo
from media.uploads import receive
from tests.factories.articles import (
    BODY,
    approve,
    figure_of,
    make_article,
    make_draft,
    make_published,
    resubmit,
    submit,
    withdraw,
)
from tests.factories.media import image_bytes, make_upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def photo(school, collaborator):
    upload = make_upload(image_bytes())
    return receive(upload, department=school, uploaded_by=collaborator, alt_text="Bốn ô màu")[0]


@pytest.fixture
def page(collaborator, head, photo):
    return make_published(collaborator, head, title="Ngày hội đọc sách", body=figure_of(photo) + BODY)


def path(page):
    return card_of(page).image["url"].removeprefix("http://127.0.0.1:8000")


def image_at(client, url):
    response = client.get(url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    return Image.open(io.BytesIO(b"".join(response.streaming_content)))


def kept(page):
    return default_storage.listdir(f"share/{page.pk}")[1]


def test_the_page_names_its_picture_with_size_and_words(client, page):
    shown = client.get(page.get_absolute_url()).content.decode()
    for name, value in (
        ("og:image", card_of(page).image["url"]),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", "Ngày hội đọc sách. Ảnh: Sân trường có cờ"),
    ):
        assert f'<meta property="{name}" content="{value}">' in shown
    assert f'<meta name="twitter:image" content="{card_of(page).image["url"]}">' in shown
    assert '<meta name="twitter:card" content="summary_large_image">' in shown


def test_the_picture_has_the_photo_and_is_drawn_once(client, page):
    image = image_at(client, path(page))
    assert image.size == (1200, 630)
    right, left = image.getpixel((1150, 580)), image.getpixel((20, 580))
    assert min(right[:2]) > 200  # the yellow quarter of the photo
    assert right[2] < 120
    assert left == pytest.approx((251, 248, 242), abs=4)  # paper
    assert kept(page) == [f"{card_of(page).key}.jpg"]
    before = default_storage.get_modified_time(f"share/{page.pk}/{card_of(page).key}.jpg")
    image_at(client, path(page))
    assert default_storage.get_modified_time(f"share/{page.pk}/{card_of(page).key}.jpg") == before


def test_new_words_have_a_new_picture_and_the_old_one_goes(client, page, collaborator, head):
    old = path(page)
    image_at(client, old)
    approve(resubmit(Article.objects.get(pk=page.pk), collaborator, title="Ngày hội sách mùa xuân"), head)
    page.refresh_from_db()
    assert path(page) != old
    assert client.get(old)["Location"] == path(page)
    image_at(client, path(page))
    assert kept(page) == [f"{card_of(page).key}.jpg"]


def test_a_withdrawn_story_has_no_picture(client, page, head, django_capture_on_commit_callbacks):
    address = path(page)
    image_at(client, address)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(page, head)
    assert client.get(address).status_code == 404
    assert kept(page) == []


def test_a_story_that_is_not_public_has_no_picture(client, collaborator, head):
    draft = make_draft(collaborator)
    waiting = submit(make_draft(collaborator), collaborator)
    for article in (draft, waiting, make_article("returned", collaborator, head)):
        assert client.get(f"/chia-se/bai-viet/{article.pk}-{'0' * 16}.jpg").status_code == 404


def test_a_photo_whose_rights_ended_is_not_drawn(client, page, photo):
    Photo.objects.filter(pk=photo.pk).update(rights_until="2020-01-01")
    image = image_at(client, path(page))
    assert image.getpixel((1150, 580)) == pytest.approx((251, 248, 242), abs=4)
    assert not default_storage.exists(f"share/{page.pk}/{card_of(page).key}.jpg")


def test_a_story_without_a_photo_has_a_picture_of_words(client, collaborator, head):
    page = make_published(collaborator, head)
    assert image_at(client, path(page)).size == (1200, 630)
    assert card_of(page).image["alt"] == page.title


@pytest.mark.parametrize("title", ["A", "Đ" * 200, "Hội nghị tập huấn " * 11, "漢字 🎉 \u202e", "x " * 100])
def test_any_title_is_drawn(title):
    assert Image.open(io.BytesIO(draw(title, "Tin " * 20, "Giáo dục Đắk Lắk"))).size == (1200, 630)


def test_the_letters_have_their_marks():
    assert draw("Đắk Lắk", "", "x") != draw("Dak Lak", "", "x")


# --- oEmbed -------------------------------------------------------------------------------------------


def test_a_page_tells_where_its_oembed_is_and_that_it_answers(client, page):
    shown = client.get(page.get_absolute_url()).content.decode()
    address = shown.split('type="application/json+oembed"')[1].split('href="')[1].split('"')[0]
    response = client.get(address.replace("&amp;", "&").removeprefix("http://127.0.0.1:8000"))
    said = json.loads(response.content)
    assert (said["version"], said["type"], said["title"]) == ("1.0", "rich", "Ngày hội đọc sách")
    assert said["thumbnail_url"] == card_of(page).image["url"]
    assert (said["thumbnail_width"], said["thumbnail_height"], said["width"]) == (1200, 630, 600)
    assert page.get_absolute_url() in said["html"]
    assert response["Access-Control-Allow-Origin"] == "*"


def test_what_a_person_typed_stays_words_in_the_quote(client, collaborator, head):
    page = make_published(collaborator, head, title="<script>alert(1)</script>", lead="<img onerror=x>")
    said = client.get("/oembed", {"url": f"http://127.0.0.1:8000{page.get_absolute_url()}"}).json()
    assert "<script" not in said["html"]
    assert "<img" not in said["html"]


@pytest.mark.parametrize("asked,width", [("300", 300), ("10", 240), ("5000", 600), ("x", 600), ("-3", 600)])
def test_the_width_asked_for_is_kept_to(client, page, asked, width):
    query = {"url": f"http://127.0.0.1:8000{page.get_absolute_url()}", "maxwidth": asked}
    assert client.get("/oembed", query).json()["width"] == width


def test_only_addresses_of_public_stories_are_answered(client, page, collaborator):
    draft = make_draft(collaborator, title="chuoi-khong-duoc-lo")
    for url in (
        "",
        "x",
        "http://[x",
        f"http://khac.example{page.get_absolute_url()}",
        f"http://127.0.0.1:8000/bai-viet/{draft.pk}/",
        "http://127.0.0.1:8000/",
        "http://127.0.0.1:8000/admin/",
        f"ftp://127.0.0.1:8000{page.get_absolute_url()}",
    ):
        response = client.get("/oembed", {"url": url})
        assert response.status_code == 404, url
        assert "chuoi-khong-duoc-lo" not in response.content.decode()


def test_xml_is_not_spoken(client, page):
    assert client.get("/oembed", {"url": "x", "format": "xml"}).status_code == 501


def test_the_library_of_pictures_is_not_loaded_with_the_addresses():
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup();"
        "import newsroom.urls; sys.exit('foundation.sharecards.drawing' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 (our own words)


def test_the_row_of_a_live_page_alone_decides(client, page):
    assert PublishedArticle.objects.live().filter(pk=page.pk).exists()
    assert client.head(path(page)).status_code == 200
    assert client.post(path(page)).status_code == 405


def test_a_reader_passes_a_story_on_by_plain_links(client, page):
    html = client.get(page.get_absolute_url()).text
    url = f"http://127.0.0.1:8000{page.get_absolute_url()}"
    zalo = urlsplit(re.search(r'href="(https://sp\.zalo\.me/[^"]+)"', html)[1])
    said = json.loads(base64.urlsafe_b64decode(parse_qs(zalo.query)["d"][0]))
    assert unquote(said["url"]) == url
    mail = parse_qs(urlsplit(re.search(r'href="(mailto:\?[^"]+)"', html)[1].replace("&amp;", "&")).query)
    assert mail == {"subject": ["Ngày hội đọc sách"], "body": [f"Ngày hội đọc sách\n{url}"]}


def test_what_needs_a_script_is_hidden_until_the_script_shows_it(client, page):
    html = client.get(page.get_absolute_url()).text
    buttons = re.findall(r'<button type="button" data-way="(\w+)"( hidden)?>', html)
    assert buttons == [("print", " hidden"), ("copy", " hidden"), ("send", " hidden")]


def test_what_is_not_public_offers_no_way_to_pass_it_on(client, collaborator, page):
    assert "data-share" in client.get(page.get_absolute_url()).text
    draft = make_draft(collaborator, title="Chưa đăng")
    client.force_login(collaborator)
    shown = client.get(f"/admin/articles/article/{draft.pk}/xem-thu/")
    assert shown.status_code == 200
    assert "data-share" not in shown.text
