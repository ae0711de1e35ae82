"""A form larger than the limits is refused in true words, with what was typed."""

import html
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from events.models import Event
from tests.factories.media import make_upload

ADD = reverse("admin:events_event_add")


def form(rows: int) -> dict[str, str]:
    data = {"title": "Hội nghị đại biểu", "summary": "Hai dòng\nchữ", "csrfmiddlewaretoken": "bi-mat"}
    data |= {"delegates-TOTAL_FORMS": str(rows), "delegates-INITIAL_FORMS": "0", "_save": "Lưu"}
    for number in range(rows):
        row = {"honorific": "", "name": f"Khách {number}", "title": "Giáo viên", "position": "0"}
        data |= {f"delegates-{number}-{name}": value for name, value in row.items()}
    data |= {"event_photos-0-caption": "", "event_photos-0-position": "0", "saved_copy": "ban-tren-may"}
    return data


def as_body(data: dict[str, str]) -> dict:
    return {"data": urlencode(data), "content_type": "application/x-www-form-urlencoded"}


@pytest.fixture
def small_limits(settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1


def test_too_many_rows_are_refused_with_every_word_ready_to_paste(client, desk_editor, small_limits):
    client.force_login(desk_editor)
    answer = client.post(ADD, **as_body(form(60)))
    assert answer.status_code == 413
    text = html.unescape(answer.text)
    assert "quá nhiều dòng" in text and "Chưa lưu gì" in text
    assert "Hội nghị đại biểu\nHai dòng chữ\nKhách 0\tGiáo viên\nKhách 1\tGiáo viên" in text
    assert "Khách 59\tGiáo viên" in text and "bi-mat" not in text and "ban-tren-may" not in text
    assert not Event.objects.exists()


def test_words_typed_are_words_and_nothing_else(client, desk_editor, small_limits):
    client.force_login(desk_editor)
    answer = client.post(ADD, **as_body(form(60) | {"title": "</textarea><script>alert(1)</script>"}))
    assert answer.status_code == 413 and "<script>alert" not in answer.text


def test_a_body_too_long_is_refused_in_true_words(client, desk_editor, small_limits):
    client.force_login(desk_editor)
    answer = client.post(ADD, **as_body({"summary": "a" * 30_000}))
    assert answer.status_code == 413
    assert "Biểu mẫu quá dài" in answer.text and "Quay lại" in answer.text


def test_too_many_files_are_refused_in_true_words(client, desk_editor, small_limits):
    client.force_login(desk_editor)
    answer = client.post(reverse("admin:media_photo_add"), {"a": make_upload(), "b": make_upload()})
    assert answer.status_code == 413 and "quá nhiều tệp" in answer.text


def test_a_script_is_told_the_same_words(client, desk_editor, small_limits):
    client.force_login(desk_editor)
    answer = client.post(ADD, **as_body(form(60)), headers={"Sec-Fetch-Mode": "cors"})
    assert answer.status_code == 413 and "quá nhiều dòng" in answer.json()["error"]


def test_a_stranger_is_told_too_and_sees_nothing_of_the_office(client, small_limits, db):
    for address in (reverse("admin:login"), "/hien-thi/"):
        answer = client.post(address, **as_body(form(60)))
        assert answer.status_code == 413 and "quá nhiều dòng" in answer.text
        assert "Khách 1" not in answer.text


def test_an_address_that_cannot_be_read_is_still_called_so(client, db):
    answer = client.post("/hien-thi/", data=b"xx", content_type="multipart/form-data; boundary=")
    assert answer.status_code == 400 and "Địa chỉ không hợp lệ" in answer.text
