"""The home page as a reader gets it."""

import datetime
import re

import pytest
from django.utils import timezone

from articles.models import PublishedArticle
from events.enums import Occurrence
from tests.factories.articles import make_draft, make_published, submit
from tests.factories.events import make_event


def test_home_shows_the_lead_with_its_words(client, collaborator, head):
    page = make_published(collaborator, head, title="Chào cờ đầu tuần", lead="Học sinh tự dẫn chương trình.")
    html = client.get("/").content.decode()
    assert f'href="{page.get_absolute_url()}"' in html
    assert "Học sinh tự dẫn chương trình." in html


def test_home_does_not_show_a_draft(client, collaborator):
    submit(make_draft(collaborator, title="Lời chưa duyệt"), collaborator)
    assert "Lời chưa duyệt" not in client.get("/").content.decode()


def test_empty_blocks_disappear_whole(client, db):
    html = client.get("/").content.decode()
    assert "Xác minh giấy khen" in html
    for heading in ("Tin tiêu điểm", "Sắp diễn ra", "Bảng vàng", "Văn bản mới", "Đừng bỏ lỡ", "Tin mới"):
        assert heading not in html


def test_home_is_read_only(client, db):
    assert client.post("/").status_code == 405


def test_what_was_called_off_is_not_among_what_is_coming(client, province):
    soon = timezone.now() + datetime.timedelta(days=3)
    for occurrence in Occurrence:
        make_event(f"Trại-{occurrence}", host=province, starts_at=soon, occurrence=occurrence)
    html = client.get("/").text
    shown = {occurrence for occurrence in Occurrence if f"Trại-{occurrence}<" in html}
    assert shown == {Occurrence.AS_PLANNED, Occurrence.RESCHEDULED}


@pytest.mark.parametrize(
    ("days", "said"), [(0, r"\d\d:\d\d"), (1, "Hôm qua"), (2, r"\d\d/\d\d/\d{4}")], ids=str
)
def test_the_newest_say_the_hour_of_today_and_the_day_of_older_ones(client, collaborator, head, days, said):
    make_published(collaborator, head)  # leads the page
    page = make_published(collaborator, head, title="Bài trong cột")
    noon = timezone.localtime().replace(hour=0, minute=5) - datetime.timedelta(days=days)
    PublishedArticle.objects.filter(pk=page.pk).update(published_at=noon)
    html = client.get("/").text
    (shown,) = re.findall(r"Bài trong cột</a></h3>\s*<p class=\"meta\">\s*<time[^>]*>([^<]*)<", html)
    assert re.fullmatch(said, shown)


def test_the_head_of_a_page_names_the_day(client, db):
    today = timezone.localdate()
    (said,) = re.findall(rf'<time datetime="{today:%Y-%m-%d}">([^<]*)</time>', client.get("/tiep-can/").text)
    assert re.fullmatch(rf"(Thứ [A-ZĐ]\w+|Chủ nhật), {today:%d/%m/%Y}", said)
