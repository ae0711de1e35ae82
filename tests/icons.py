"""The icons that telephones and old browsers ask for.

DJANGO_SETTINGS_MODULE=tests.settings uv run python -m tests.icons

Look at them before they are committed.
"""

import io
import shutil

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.architecture import ROOT

PAPER, NOTHING = "#fbf8f2", "transparent"
IMG, AT_ROOT = ROOT / "static" / "img", ROOT / "static" / "root"
# File, side, how much of it the drawing takes (of a maskable one a circle of 80 % is always seen), ground.
ICONS = (
    (IMG / "icon-192.png", 192, 0.84, PAPER),
    (IMG / "icon-512.png", 512, 0.84, PAPER),
    (IMG / "icon-maskable-512.png", 512, 0.64, PAPER),
    (AT_ROOT / "apple-touch-icon.png", 180, 0.76, PAPER),
)
SIDES = (48, 32, 16)  # of favicon.ico


def drawn(page: Page, side: int, share: float, ground: str) -> Image.Image:
    edge, svg = f"{(1 - share) * 50}%", (IMG / "icon.svg").read_text()
    style = f"body{{background:{ground}}}svg{{position:absolute;inset:{edge};width:{share * 100}%}}"
    page.set_viewport_size({"width": side, "height": side})
    page.set_content(f"<style>{style}</style>{svg}")
    return Image.open(io.BytesIO(page.screenshot(omit_background=True)))


def main() -> None:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        page = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"]).new_page()
        for file, side, share, ground in ICONS:
            picture = drawn(page, side, share, ground).convert("RGB")
            picture.quantize(64, method=Image.Quantize.FASTOCTREE).save(file, optimize=True)
        first, *others = (drawn(page, side, 1, NOTHING) for side in SIDES)
        sizes = [(side, side) for side in SIDES]
        first.save(AT_ROOT / "favicon.ico", sizes=sizes, append_images=others)


if __name__ == "__main__":
    main()
