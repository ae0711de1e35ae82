"""The site on a home screen, in a tab, in a list of bookmarks: under its own sign and name."""

import io

import pytest
from PIL import Image

from tests.factories.articles import make_published
from tests.factories.identity import make_identity


def picture(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Image.open(io.BytesIO(b"".join(answer.streaming_content)))


def test_the_manifest_names_the_site_and_icons_of_the_sizes_it_says(client, db):
    make_identity()
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    said = answer.json()
    assert (said["name"], said["lang"]) == ("Giáo dục Bình Nguyên", "vi")
    assert len(said["short_name"]) <= 12
    for icon in said["icons"]:
        width, height = picture(client, icon["src"]).size
        assert (icon["sizes"], icon["type"]) == (f"{width}x{height}", "image/png")
    assert {"any", "maskable"} == {icon["purpose"] for icon in said["icons"]}
    for shortcut in said["shortcuts"]:
        assert client.get(shortcut["url"]).status_code == 200, shortcut["name"]
    assert client.post("/manifest.webmanifest").status_code == 405


def test_what_may_be_cut_round_keeps_the_drawing_within_the_circle(client, db):
    (address,) = (
        one["src"]
        for one in client.get("/manifest.webmanifest").json()["icons"]
        if one["purpose"] == "maskable"
    )
    icon = picture(client, address).convert("RGB")
    ground, middle = icon.getpixel((0, 0)), icon.width / 2
    drawn = [(x, y) for x in range(icon.width) for y in range(icon.height) if icon.getpixel((x, y)) != ground]
    reach = max(((x - middle) ** 2 + (y - middle) ** 2) ** 0.5 for x, y in drawn)
    assert middle / 2 < reach <= icon.width * 0.4


def test_browsers_find_the_icons_where_they_always_look(client, db):
    icon = picture(client, "/favicon.ico")
    assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    assert picture(client, "/apple-touch-icon.png").size == (180, 180)
    answer = client.get("/favicon.ico")
    assert answer.headers["Content-Type"] == "image/x-icon"
    assert answer.headers["Cache-Control"] == "max-age=86400, public"
    asked_again = {"if-modified-since": answer.headers["Last-Modified"]}
    list(answer.streaming_content)  # the file is closed then
    assert client.get("/favicon.ico", headers=asked_again).status_code == 304


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_browser_reads_the_manifest_without_a_complaint(chromium, live_server):
    make_published()
    context = chromium.new_context(service_workers="block")
    page = context.new_page()
    complaints = []
    page.on("console", lambda said: complaints.extend([said.text] if said.type == "error" else []))
    page.goto(live_server.url)
    devtools = context.new_cdp_session(page)
    found = devtools.send("Page.getAppManifest")
    assert found["url"].endswith("/manifest.webmanifest")
    assert found["errors"] == [] == complaints
    unfit = {one["errorId"] for one in devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert unfit <= {"in-incognito"}  # every context of a test is one
    context.close()
