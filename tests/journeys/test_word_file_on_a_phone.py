"""In a browser: a school's Word file with three photos goes from a phone to the head's desk in few taps."""

import os

import pytest

from articles.enums import Status
from articles.models import Article
from tests.factories.articles import make_section
from tests.factories.media import image_bytes, make_image
from tests.factories.word import make_docx, para, paragraph, run
from tests.journeys.browsing import PHONE, sign_in, wait_until_saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_TAPS = 14
CENTRED = '<w:jc w:val="center"/>'


def cell(*lines):
    return f"<w:tc>{''.join(para(run(line), look=CENTRED) for line in lines)}</w:tc>"


def school_file():
    """A letter's head in two columns, a title in capitals, three captioned photos, the signature below."""
    letterhead = (
        f"<w:tbl><w:tr>{cell('SỞ GD&amp;ĐT ĐẮK LẮK', 'TRƯỜNG THPT CHU VĂN AN', 'Số: 12/TB-CVA')}"
        f"{cell('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập – Tự do – Hạnh phúc')}</w:tr></w:tbl>"
    )
    blocks = [
        letterhead,
        para(run("NGÀY HỘI ĐỌC SÁCH CỦA TRƯỜNG THPT CHU VĂN AN", "<w:b/>"), look=CENTRED),
        para(run("Hơn 600 học sinh Trường THPT Chu Văn An dự ngày hội đọc sách.", "<w:b/>")),
    ]
    for number in range(3):
        blocks += [
            para(run(f"Đoạn thứ {number + 1} kể về mười hai gian sách của các lớp.")),
            paragraph(picture=f"p{number}"),
            para(run(f"Gian sách thứ {number + 1} của học sinh", "<w:i/>"), look=CENTRED),
        ]
    blocks.append(para(run("Tin, ảnh: Trần Hoa")))
    pictures = [image_bytes(image=make_image((640 + number, 480))) for number in range(3)]
    return make_docx(*blocks, pictures=pictures)


class Finger:
    """Touches the screen and counts: a tap on a button, a choice, a file, a field before typing."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, target):
        self.taps += 1
        target.click()

    def type(self, target, words):
        self.tap(target)
        self.page.keyboard.type(words)

    def choose(self, target, label):
        self.taps += 2  # opens the list, touches the line
        target.select_option(label=label)


def look(page, name):
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


def test_from_opening_the_file_to_the_heads_desk(browse, collaborator):
    section = make_section("Dạy và học", slug="day-va-hoc")
    page = browse(PHONE)
    sign_in(page, "ctv")
    page.goto("/admin/articles/article/add/")
    finger = Finger(page)
    with page.expect_file_chooser() as chooser:
        finger.tap(page.get_by_role("button", name="Mở tệp Word"))
    look(page, "start")
    finger.taps += 1
    chooser.value.set_files({"name": "bai.docx", "mimeType": "", "buffer": school_file()})
    page.locator(".tiptap .figblock").nth(2).wait_for()
    look(page, "opened")
    finger.tap(page.get_by_role("button", name="Dùng tiêu đề này"))
    finger.tap(page.get_by_role("button", name="Ghi cho cả 3 ảnh"))
    look(page, "offers")
    finger.tap(page.get_by_role("button", name="Đã xem"))
    for number in range(3):
        block = page.locator(".figblock").nth(number)
        finger.type(block.get_by_label("Mô tả ảnh"), f"Học sinh đứng quanh bàn sách số {number + 1}")
    finger.choose(page.locator("#id_section"), section.name)
    wait_until_saved(page)
    look(page, "ready")
    finger.tap(page.get_by_role("button", name="Gửi duyệt"))
    page.get_by_text("Đã gửi duyệt.").wait_for()
    article = Article.objects.get()
    assert article.status == Status.IN_REVIEW
    assert article.title == "Ngày hội đọc sách của Trường THPT Chu Văn An"
    assert article.lead == "Hơn 600 học sinh Trường THPT Chu Văn An dự ngày hội đọc sách."
    assert article.body.count('data-credit="Trần Hoa"') == 3
    assert "CỘNG HÒA" not in article.body
    assert list(article.bylines.values_list("name", "role")) == [("Trần Hoa", "text_and_photo")]
    assert finger.taps <= MOST_TAPS, finger.taps
    assert finger.taps == 11
