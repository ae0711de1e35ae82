"""In a browser: a link to a page of our own by its name, and an address that leads nowhere refused."""

import pytest

from articles.models import Article
from tests.factories.articles import make_draft
from tests.factories.events import make_event
from tests.journeys.browsing import PHONE, sign_in, wait_until_saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_page_of_our_own_is_linked_by_its_name(browse, collaborator, school):
    event = make_event(title="Ngày hội đọc sách", host=school)
    article = make_draft(collaborator, body="<p>Xem trang này.</p>")
    page = browse(PHONE)
    sign_in(page, "ctv")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".tiptap[aria-label]").wait_for()
    page.locator(".tiptap").click()
    page.keyboard.press("Control+a")
    page.wait_for_timeout(200)
    page.get_by_role("button", name="Gắn đường dẫn").click()
    page.get_by_label("Địa chỉ", exact=True).fill("javascript:alert(1)")
    page.get_by_role("button", name="Cập nhật").click()
    message = page.get_by_label("Địa chỉ", exact=True).evaluate("box => box.validationMessage")
    assert message.startswith("Địa chỉ cần bắt đầu bằng")
    page.get_by_label("Tìm bài, đơn vị, sự kiện").fill("doc sach")
    page.get_by_role("button", name="Sự kiện: Ngày hội đọc sách").click()
    page.get_by_role("button", name="Cập nhật").click()
    wait_until_saved(page)
    body = Article.objects.get(pk=article.pk).body
    assert body == f'<p><a href="{event.get_absolute_url()}">Xem trang này.</a></p>'
