"""Journeys keep their files in a folder of their own; those in a browser share how it is opened."""

import pytest

from tests.journeys.browsing import PHONE


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def browse(chromium, live_server):
    """Opens a page for one person; what the browser complains of is kept and must be nothing."""
    contexts, complaints = [], []

    def open_page(viewport=PHONE, expected="nothing", **options):
        options |= {"base_url": live_server.url, "viewport": viewport, "locale": "vi-VN"}
        # Only who tests reading without the network wants a worker that asks on its own.
        options.setdefault("service_workers", "block")
        context = chromium.new_context(timezone_id="Asia/Ho_Chi_Minh", **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))

        def hear(said):
            if said.type == "error" and not said.text.startswith(expected):
                complaints.append(said.text)

        page.on("console", hear)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
