"""The pictures of the guides and of the README, taken anew from a running demo.

    uv run manage.py demo --reset --port 8000          (in one terminal)
    uv run python -m tests.pictures http://localhost:8000          (passkeys want a name, not a number)

Each picture is a line of PICTURES. Look at them before they are committed.
"""

import io
import re
import shutil
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.architecture import ROOT

GUIDE, README = ROOT / "docs" / "huong-dan" / "anh", ROOT / "docs" / "images"
PHONE, DESK = (390, 844), (1280, 860)
GUIDE_WIDTH = 900  # a picture of a wide screen, as wide as a page of the guide
PASSWORD = "phong-bien-tap-2026"


def go(path: str) -> Callable[[Page], Any]:
    return lambda page: page.goto(path)


def draft(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name=re.compile("^Viết tiếp")).first.click()
    page.locator(".tiptap[aria-label]").wait_for()


def review(page: Page) -> None:
    page.goto("/admin/cho-duyet/")
    page.locator(".q a").first.click()
    page.wait_for_load_state()


def word_file(page: Page) -> None:
    draft(page)
    page.get_by_role("button", name="Mở tệp Word").click()


def preview(page: Page) -> None:
    draft(page)
    page.get_by_role("link", name=re.compile("^Xem thử trên điện thoại")).click()


def history(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Sửa bài này").first.click()
    page.locator(".tiptap[aria-label]").wait_for()
    page.get_by_role("link", name=re.compile("^Lịch sử, so sánh")).click()


def devices(page: Page) -> None:
    """Two keys of a machine that exists nowhere; taken away afterwards by `demo --reset`."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    reader = {
        "protocol": "ctap2",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    for transport, name in (("internal", "Điện thoại của tôi"), ("usb", "Máy tính phòng hiệu trưởng")):
        options = reader | {"transport": transport}
        added = line.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        page.goto("/admin/thiet-bi/khoa/")
        page.fill("#ten-khoa", name)
        page.click("#passkey-register-button")
        page.get_by_text(f"Đã thêm khóa “{name}”").wait_for()
        line.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": added["authenticatorId"]})
    page.goto("/admin/thiet-bi/")


class Picture(NamedTuple):
    name: str
    account: str  # empty: a reader
    size: tuple[int, int]
    open: Callable[[Page], Any]


PICTURES = (
    Picture("trang-chu", "", (1280, 1130), go("/")),
    Picture("ban-viet", "ctv", PHONE, go("/admin/")),
    Picture("bat-dau", "ctv", PHONE, go("/admin/articles/article/add/")),
    Picture("ban-viet-bai", "ctv", DESK, draft),
    Picture("tep-word", "ctv", DESK, word_file),
    Picture("xem-thu", "ctv", DESK, preview),
    Picture("lich-su", "ctv", DESK, history),
    Picture("kho-anh", "ctv", DESK, go("/admin/media/photo/")),
    Picture("cho-duyet", "truongdonvi", PHONE, review),
    Picture("them-khoa", "truongdonvi", PHONE, go("/admin/thiet-bi/khoa/")),
    Picture("uy-quyen", "truongdonvi", DESK, go("/admin/uy-quyen/")),
    # Last of this account, which from then on is asked for its key.
    Picture("thiet-bi", "truongdonvi", DESK, devices),
)


def main(site: str) -> None:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--lang=vi"]
        environment = {"LANGUAGE": "vi", "LANG": "vi_VN.UTF-8"}  # the browser's own words: “Chọn tệp”
        browser = playwright.chromium.launch(executable_path=path, args=arguments, env=environment)
        for picture in PICTURES:
            take(browser, site, picture)
        browser.close()


def take(browser: Browser, site: str, picture: Picture) -> None:
    width, height = picture.size
    more = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "color_scheme": "light"}
    context = browser.new_context(base_url=site, viewport={"width": width, "height": height}, **more)
    page = context.new_page()
    if picture.account:
        page.goto("/admin/login/")
        page.fill("#id_username", picture.account)
        page.fill("#id_password", PASSWORD)
        page.click("form [type=submit]")
        page.wait_for_url(re.compile(r"/admin/$"))
    picture.open(page)
    page.wait_for_load_state("networkidle")
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    if picture.size == DESK:
        image = image.resize((GUIDE_WIDTH, round(height * GUIDE_WIDTH / width)), Image.Resampling.LANCZOS)
    file = (GUIDE if picture.account else README) / f"{picture.name}.webp"
    image.save(file, quality=82, method=6)
    print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1024} KB")  # noqa: T201 (a command)
    context.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
