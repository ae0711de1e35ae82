"""On a phone: a page is taken down at once, the second person reads it and puts it back."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import PublishedArticle
from tests.factories.articles import make_published
from tests.factories.departments import make_user
from tests.journeys.browsing import PHONE, sign_in
from tests.newsroom.test_admin_accessibility import Inspection

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SMALL = """() => [...document.querySelectorAll('.o-main .btn')].filter((b) => b.checkVisibility())
  .map((b) => [b.textContent.trim(), b.getBoundingClientRect().height]).filter(([, height]) => height < 44)"""
STUCK = """(position) => document.querySelectorAll('.o-top, .decide-bar')
  .forEach((bar) => { bar.style.position = position })"""


def look(page, name):
    inspection = Inspection(page)
    page.evaluate(STUCK, "static")
    inspection.look(name)
    page.evaluate(STUCK, "")
    assert inspection.found == {}
    assert page.evaluate(SMALL) == []


def test_a_page_is_taken_down_and_put_back(browse, collaborator, head, school):
    make_user("hieupho", "deputy", school, full_name="Võ Thị Sáu")
    story = make_published(collaborator, head, title="Chào cờ đầu tuần")
    address = story.get_absolute_url()
    first = browse(PHONE, has_touch=True, expected="Failed to load resource")
    sign_in(first, "truongdonvi")
    first.goto(f"/admin/articles/article/{story.pk}/change/")
    first.get_by_role("link", name="Gỡ bài khỏi trang").tap()
    first.locator("summary", has_text="Gỡ khẩn").tap()
    first.get_by_label("Lý do, chỉ phòng biên tập thấy").fill("Ảnh có em chưa được gia đình đồng ý.")
    first.get_by_role("button", name="Xác nhận gỡ khẩn").tap()
    expect(first.get_by_text("Đã gỡ khẩn.")).to_be_visible()
    assert first.goto(address).status == 410
    expect(first.get_by_text("Ban Biên tập đang xem lại bài này.")).to_be_visible()
    first.goto("/admin/cho-duyet/")
    expect(first.get_by_text("chờ người khác xác nhận")).to_be_visible()
    look(first, "the desk of who took it down")

    second = browse(PHONE, has_touch=True)
    sign_in(second, "hieupho")
    second.goto("/admin/hop-thu/")
    second.get_by_role("heading", name=re.compile("Gỡ khẩn")).first.tap()
    expect(second.get_by_text("Ảnh có em chưa được gia đình đồng ý.")).to_be_visible()
    look(second, "the second person's page")
    second.get_by_label("Lời của bạn").fill("Gia đình đã ký phiếu đồng ý sáng nay.")
    second.get_by_role("button", name="Đăng lại").tap()
    expect(second.get_by_text("Đã đăng lại “Chào cờ đầu tuần”")).to_be_visible()
    assert second.goto(address).status == 200
    assert PublishedArticle.objects.live().get().sha256 == story.sha256
