"""A story's whole life over HTTP, no script: written, returned, approved, read, corrected, withdrawn."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Article
from newsroom.demo import photos
from tests.factories.articles import make_section
from tests.factories.departments import PASSWORD
from tests.signing_in import code_of, make_app

ADD = "/admin/articles/article/add/?kind=activity"
TITLE = "Tiết Vật lý ngoài sân: đo chiều cao cột cờ"
SECRET = "chuyenchuaduyet"
FIND = "/tim-kiem/?q=bong+nang"  # words of the body


class Desk:
    """One person at a browser of their own."""

    def __init__(self, username: str, code: str = ""):
        self.browser = Client()
        answer = self.browser.post("/admin/login/?next=/admin/", {"username": username, "password": PASSWORD})
        assert answer.status_code == 302
        if code:
            self.send("/admin/xac-nhan/", confirm_by="code", confirm_code=code)

    def see(self, address: str) -> str:
        return self.browser.get(address, follow=True).content.decode()

    def send(self, address: str, **words: object) -> str:
        answer = self.browser.post(address, words, follow=True)
        assert answer.status_code == 200, answer.content.decode()[:2000]
        return answer.content.decode()


def hidden(html: str, name: str) -> str:
    """What a hidden box of the page holds: a journey sends what the page gave it, nothing it knows better."""
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]


@pytest.fixture
def writer(collaborator):
    return Desk("ctv")


@pytest.fixture
def approver(head):
    return Desk("truongdonvi", code_of(make_app(head)))


@pytest.fixture
def reader():
    return Client()


def test_a_story_from_the_first_word_to_the_last(db, writer, approver, reader, school):
    section = make_section("Dạy và học", slug="day-va-hoc")

    # The writer sends a photo, then a draft that lacks its sapo.
    file = SimpleUploadedFile("IMG_0001.webp", photos.path("san-truong").read_bytes(), "image/webp")
    photo = writer.browser.post("/admin/media/photo/tai-len.json", {"file": file}).json()
    figure = (
        f'<figure data-photo="{photo["id"]}" data-credit="Trần Văn Minh" data-alt="Học sinh trên sân trường">'
        "<figcaption>Giờ thực hành môn Vật lý</figcaption></figure>"
    )
    words = {
        "title": TITLE,
        "lead": "",
        "body": f"{figure}<p>Bốn nhóm học sinh đo bằng bóng nắng. {SECRET}</p>",
        "kind": "activity",
        "section": section.pk,
        "department": school.pk,
        "tags": "Vật lý",
        "slug": "",
        "source_mark": "",
        "seen_number": "",
        "bylines-TOTAL_FORMS": 0,
        "bylines-INITIAL_FORMS": 0,
    }
    page = writer.send(ADD, **words, _submit="1")
    assert "Chưa có sapo" in page
    article = Article.objects.get()
    change = f"/admin/articles/article/{article.pk}/change/"
    address = f"/bai-viet/tiet-vat-ly-ngoai-san-do-chieu-cao-cot-co-{article.pk}/"

    def send(**changed: object) -> str:
        shown = writer.see(change)
        row = {name: hidden(shown, f"bylines-0-{name}") for name in ("id", "article")}
        inline = {f"bylines-0-{name}": value for name, value in row.items()}
        inline |= {"bylines-0-name": "Nguyễn Thị Lan", "bylines-0-role": "text"}
        inline |= {"bylines-TOTAL_FORMS": 1, "bylines-INITIAL_FORMS": 1}
        now = {"seen_number": hidden(shown, "seen_number"), "_submit": "1"}
        words.update(changed)
        return writer.send(change, **words | inline | now)

    send(lead="Không dùng thang, bốn nhóm cho bốn kết quả gần bằng nhau.")

    # Nobody outside the unit sees a word or the photo of it.
    for public in ("/", address, "/rss.xml", FIND, section.get_absolute_url()):
        answer = reader.get(public)
        assert SECRET not in answer.content.decode(), public
        assert TITLE not in answer.content.decode(), public
    assert reader.get(address).status_code == 404
    assert reader.get(photo["photo"]["src"]).status_code in (403, 404)

    # The head returns it with words; the writer reads them, mends, sends again.
    def decide(step: str, **more: object) -> str:
        shown = approver.see(f"/admin/cho-duyet/{article.pk}/")
        seen = {name: hidden(shown, name) for name in ("sha256", "version")}
        return approver.send(f"/admin/cho-duyet/{article.pk}/quyet-dinh/", **seen, step=step, **more)

    decide("send_back", note="Em ghi giúp chị lớp nào đo.")
    assert "Em ghi giúp chị lớp nào đo." in writer.see(change)
    send(lead="Không dùng thang, bốn nhóm lớp 10A2 cho bốn kết quả gần bằng nhau.")

    # Approved: readers have the story, its photo, and find it without marks.
    decide("approve", note="")
    html = reader.get(address).content.decode()
    assert "bốn nhóm lớp 10A2" in html
    assert SECRET in html
    assert reader.get(photo["photo"]["src"]).status_code == 200
    for public in ("/", "/rss.xml", FIND, section.get_absolute_url()):
        assert TITLE in reader.get(public).content.decode(), public

    # A correction waits beside the live page until it is approved too.
    corrected = {"lead": "Không dùng thang, năm nhóm lớp 10A2 cho kết quả gần bằng nhau."}
    assert "chưa ghi lần sửa này là gì" in send(**corrected)
    assert "Hệ thống đã viết giúp thông báo" in send(**corrected, correction_kind="erratum")
    notice = "Bản đăng trước ghi “bốn nhóm”; xin đính chính là “năm nhóm”."
    send(**corrected, correction_kind="erratum", correction_note=notice)
    assert "bốn nhóm lớp 10A2" in reader.get(address).content.decode()
    decide("approve", note="")
    html = reader.get(address).content.decode()
    assert "năm nhóm lớp 10A2" in html
    assert notice in html

    # Withdrawn: the address says so and keeps nothing of the text.
    published = f"/admin/articles/publishedarticle/{article.pk}/"
    version = hidden(approver.see(f"{published}change/"), "version")
    approver.send(f"{published}buoc/withdraw/", version=version, note="Theo đề nghị của nhà trường.")
    gone = reader.get(address)
    assert gone.status_code == 410
    assert "Theo đề nghị của nhà trường." in gone.content.decode()
    assert SECRET not in gone.content.decode()
    assert reader.get(photo["photo"]["src"]).status_code in (403, 404)
    for public in ("/", "/rss.xml", FIND, section.get_absolute_url()):
        assert SECRET not in reader.get(public).content.decode(), public
