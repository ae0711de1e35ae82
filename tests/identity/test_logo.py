"""A logo is drawn anew from what was uploaded and stands wherever our sign stood, or is refused."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image, ImageDraw

from identity.models import SiteIdentity
from tests.factories.articles import make_published
from tests.factories.identity import make_identity
from tests.factories.media import make_upload
from tests.identity.test_saying import FORM, TOMORROW, form

pytestmark = pytest.mark.django_db
BLUE = (20, 60, 140)


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def logo(size=(400, 400), name="bieu-trung.png"):
    """A blue disc on nothing, with a note inside that must not be kept."""
    drawn, written = Image.new("RGBA", size, (0, 0, 0, 0)), io.BytesIO()
    ImageDraw.Draw(drawn).ellipse((0, 0, size[0] - 1, size[1] - 1), fill=BLUE)
    drawn.info["comment"] = "máy của cô Hạnh"
    drawn.save(written, "PNG")
    return make_upload(written.getvalue(), name, "image/png")


def picture(client, address):
    answer = type(client)().get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    return Image.open(io.BytesIO(b"".join(answer.streaming_content)))


def test_a_logo_stands_wherever_the_sign_stood(client, administrator):
    client.force_login(administrator)
    assert client.post(reverse(f"{FORM}_add"), form(logo_file=logo())).status_code == 302
    page, digest = client.get("/").text, SiteIdentity.objects.get().logo
    for where in (
        f'<img src="/bieu-trung/{digest}/120.png" width="60" height="60" alt="">',
        f'<link rel="icon" href="/bieu-trung/{digest}/48.png" sizes="48x48" type="image/png">',
        f'<link rel="apple-touch-icon" href="/bieu-trung/{digest}/180.png">',
    ):
        assert where in page, where
    assert "icon.svg" not in page and 'class="roof"' not in page
    icons = client.get("/manifest.webmanifest").json()["icons"]
    assert [f"{picture(client, one['src']).width}x" for one in icons] == ["192x", "512x", "512x"]
    cut = picture(client, icons[2]["src"])
    assert cut.getpixel((256, 256)) == BLUE or max(cut.getpixel((256, 256))) < 160
    assert cut.getpixel((80, 256)) == (255, 255, 255)  # outside of what is always seen
    assert picture(client, f"/bieu-trung/{digest}/48.png").getpixel((0, 0)) == (255, 255, 255)
    story = client.get(make_published().get_absolute_url()).text
    assert f"/bieu-trung/{digest}/512.png" in story  # the publisher's, for search engines
    for other in ("/khong-co/", reverse("admin:index")):
        assert f"/bieu-trung/{digest}/120.png" in client.get(other).text, other
    for odd in (f"/bieu-trung/{digest}/64.png", f"/bieu-trung/{'0' * 64}/48.png"):
        assert client.get(odd).status_code == 404


def test_only_pictures_drawn_anew_are_kept(client, administrator):
    client.force_login(administrator)
    sent = logo()
    client.post(reverse(f"{FORM}_add"), form(logo_file=sent))
    (digest,) = default_storage.listdir("bieu-trung")[0]
    kept = default_storage.listdir(f"bieu-trung/{digest}")[1]
    assert len(kept) == 6
    for name in kept:
        with default_storage.open(f"bieu-trung/{digest}/{name}") as file:
            assert "Hạnh".encode() not in file.read()


def test_the_next_record_keeps_the_logo_and_may_drop_it(client, administrator):
    client.force_login(administrator)
    client.post(reverse(f"{FORM}_add"), form(logo_file=logo()))
    first = SiteIdentity.objects.get()
    assert f"/bieu-trung/{first.logo}/120.png" in client.get(reverse(f"{FORM}_change", args=[first.pk])).text
    day = TOMORROW.strftime("%d/%m/%Y")
    client.post(reverse(f"{FORM}_add"), form(valid_from=day))
    later = SiteIdentity.objects.get(valid_from=TOMORROW)
    assert later.logo == first.logo
    client.post(reverse(f"{FORM}_change", args=[later.pk]), form(valid_from=day, without_logo="on"))
    assert [row.logo for row in SiteIdentity.objects.order_by("valid_from")] == [first.logo, ""]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (lambda: make_upload(SVG, "bieu-trung.svg", "image/svg+xml"), "Đây là hình vẽ SVG"),
        (lambda: make_upload(SVG, "bieu-trung.png", "image/png"), "Hãy xuất hình ra dạng PNG"),
        (lambda: make_upload(b"%PDF-1.7 ", "bieu-trung.pdf", "application/pdf"), "Đây là tệp PDF"),
        (lambda: logo((120, 120)), "chỉ có 120 × 120 điểm ảnh"),
        (lambda: logo((900, 300)), "gần vuông"),
    ],
)
def test_what_is_no_logo_is_refused_in_words_and_the_rest_is_kept(client, administrator, sent, told):
    client.force_login(administrator)
    answer = client.post(reverse(f"{FORM}_add"), form(logo_file=sent(), phone="0299 333 4444"))
    (words,) = answer.context["adminform"].errors["logo_file"]
    assert told in words
    assert 'value="0299 333 4444"' in answer.text
    assert not SiteIdentity.objects.exists()
    assert not default_storage.exists("bieu-trung")


def test_an_error_elsewhere_asks_for_the_file_again(client, administrator):
    client.force_login(administrator)
    answer = client.post(reverse(f"{FORM}_add"), form(logo_file=logo(), phone="gọi cô Hạnh"))
    errors = answer.context["adminform"].errors
    assert re.search("chọn lại tệp", errors["logo_file"][0]) and "phone" in errors


def test_without_a_logo_the_sign_stays(client):
    make_identity()
    page = client.get("/").text
    assert 'class="roof"' in page and "/favicon.ico" in page and "/bieu-trung/" not in page
