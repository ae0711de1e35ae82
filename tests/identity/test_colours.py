"""One colour is chosen: it can be read on every ground, light and dark, or is refused in words."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from identity.colours import DARK, ENOUGH, LIGHT, ON_DARK, ON_LIGHT, accent_of, contrast, nearest_readable
from identity.models import SiteIdentity, check_colour
from tests.architecture import ROOT
from tests.factories.identity import make_identity
from tests.identity.test_saying import FORM, form

GROUNDS = ("paper", "surface", "sunken", "raise", "honey-wash", "coffee-wash", "danger-wash")
BLUE = "#1f4e8c"


def tokens():
    """The grounds of static/css/tokens.css: of the light theme, of the dark one."""
    parts = re.split(r"@media \(prefers-color-scheme: dark\)|:root\[data-theme=\"toi\"\]", SHEET)
    colours = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", part)) for part in parts]
    return [{one[name] for name in GROUNDS} for one in colours]


SHEET = (ROOT / "static/css/tokens.css").read_text()


def test_the_grounds_are_those_of_the_style_sheet():
    light, dark, chosen = tokens()
    assert {ground.replace("#ffffff", "#fff") for ground in LIGHT} == light
    assert set(DARK) == dark == chosen


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
    assert contrast("#ffffff", "#767676") == contrast("#767676", "#ffffff")


def test_what_follows_from_any_colour_can_be_read_everywhere():
    tried = [f"#{red}{green}{blue}" for red in PARTS for green in PARTS for blue in PARTS]
    assert len(tried) == 216
    for colour in tried:
        chosen = nearest_readable(colour)
        check_colour(chosen)
        accent = accent_of(chosen)
        for ground in (*LIGHT, ON_LIGHT, accent.light_wash):
            assert contrast(accent.light, ground) >= ENOUGH, (colour, ground)
        for ground in (*DARK, ON_DARK, accent.dark_wash):
            assert contrast(accent.dark, ground) >= ENOUGH, (colour, ground)
        assert nearest_readable(chosen) == chosen


PARTS = ("00", "33", "66", "99", "cc", "ff")


def test_a_colour_that_cannot_be_read_is_refused_with_its_contrast_and_the_nearest():
    with pytest.raises(ValidationError) as refusal:
        check_colour("#e0b04a")
    (words,) = refusal.value.messages
    assert "độ tương phản là 1,6:1, cần ít nhất 4,5:1" in words
    check_colour(re.search(r"đọc được: (#[0-9a-f]{6})\.", words)[1])
    for odd in ("đỏ", "#12", "1f4e8c", "#1f4e8g", "red", "#1f4e8c}"):
        with pytest.raises(ValidationError, match="dấu # và sáu chữ"):
            check_colour(odd)


@pytest.mark.django_db
def test_the_form_says_so_at_the_field_and_keeps_what_was_typed(client, administrator):
    client.force_login(administrator)
    answer = client.post(reverse(f"{FORM}_add"), form(colour="#e0b04a"))
    assert set(answer.context["adminform"].errors) == {"colour"}
    assert 'value="#e0b04a"' in answer.text
    assert client.post(reverse(f"{FORM}_add"), form(colour=BLUE)).status_code == 302
    assert SiteIdentity.objects.get().colour == BLUE


def sheet_of(client, page="/"):
    return re.findall(r'href="(/mau-sac/[^"]+)"', client.get(page).text)


@pytest.mark.django_db
def test_the_sheet_has_an_address_for_each_colour(client, administrator):
    make_identity()
    assert sheet_of(client) == []
    assert client.get("/mau-sac/0123456789abcdef.css").status_code == 404
    SiteIdentity.objects.all().delete()
    make_identity(colour=BLUE)
    (address,) = sheet_of(client)
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert f"--link:{BLUE}" in answer.text and f"--basalt:{accent_of(BLUE).dark}" in answer.text
    client.force_login(administrator)
    for page in ("/mat-mang/", "/khong-co/", reverse("admin:index")):
        assert sheet_of(client, page) == [address], page
    assert address in client.get("/sw.js").text  # kept for reading without a network
    SiteIdentity.objects.all().delete()
    make_identity(colour="#0b6b3a")
    (other,) = sheet_of(client)
    assert other != address
    assert client.get(address).headers["Location"] == other
