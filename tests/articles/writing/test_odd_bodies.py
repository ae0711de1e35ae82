"""Whatever a program or a broken network sends as a story, the writing addresses answer in words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Article
from tests.factories.articles import make_draft
from tests.factories.word import make_docx, paragraph

pytestmark = pytest.mark.django_db
NEW = "/admin/articles/article/tu-luu/"
BODIES = {
    "comment": "<!-- x -->",
    "comment inside": "<p>Một<!-- x --> hai</p>",
    "processing instruction": "<?php echo 1 ?><p>Một</p>",
    "doctype": "<!DOCTYPE html><html><head><title>t</title></head><body><p>Một</p></body></html>",
    "cdata": "<![CDATA[ x ]]>",
    "lone sign": "<",
    "two signs": "a < b <> </p> & &#0; &#xD800; &#x110000; &bogus;",
    "deep": "<div>" * 5000 + "x" + "</div>" * 5000,
    "deep, left open": "<blockquote><ul><li><em>" * 2000,
    "null": "<p>Một\0 hai</p>",
    "no photo": "<figure data-photo='99999999999999999999'></figure><figure data-photo='٣'></figure>",
    "raw text": "<plaintext>a<xmp>b<template><p>c",
    "table out of place": "<select><option>a<table><tr><td colspan='99999999999'>x",
    "addresses": "<a href='http://[x'>a</a><a href='//'>b</a><a href='http://x:99999999/'>c</a>",
    "empty": "",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_no_body_makes_a_writing_address_fail(body, client, collaborator):
    draft = make_draft(collaborator)
    client.force_login(collaborator)
    words = {"title": "Khai giảng", "body": body, "kind": draft.kind, "department": draft.department_id}
    new = client.post(NEW, words | {"client_key": "11111111-2222-3333-4444-555555555555"})
    assert new.status_code == 200
    assert Article.objects.get(pk=new.json()["id"]).title == "Khai giảng"
    page = f"/admin/articles/article/{draft.pk}/"
    for place in ("tu-luu/", "doi-chieu/"):
        assert client.post(page + place, words | {"seen_number": draft.draft_number}).status_code == 200, (
            place
        )
    assert client.post("/admin/articles/article/dan/", {"html": body}).status_code == 200
    now = Article.objects.get(pk=draft.pk).draft_number
    rows = {"bylines-TOTAL_FORMS": "0", "bylines-INITIAL_FORMS": "0"}
    assert client.post(f"{page}change/", words | rows | {"seen_number": now}).status_code in (200, 302)


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (b'{"a":', "application/json"),
        (b"\xff\xfe=\xff", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data; boundary=x"),
    ],
)
def test_no_request_makes_a_writing_address_fail(sent, kind, client, collaborator):
    draft = make_draft(collaborator)
    client.force_login(collaborator)
    for place in ("tu-luu/", f"{draft.pk}/tu-luu/", f"{draft.pk}/doi-chieu/", "dan/", "mo-word/", "add/"):
        answer = client.post(f"/admin/articles/article/{place}", sent, content_type=kind)
        assert answer.status_code < 500, place
    assert Article.objects.get(pk=draft.pk).title == draft.title


@pytest.mark.parametrize("value", ["a\0b", "-1", "99999999999999999999", "²", "٣", "1.5", "<!-- x -->", "{"])
def test_a_choice_that_is_no_number_is_refused_at_its_field(value, client, collaborator):
    draft = make_draft(collaborator)
    client.force_login(collaborator)
    choices = dict.fromkeys(("section", "department", "event", "commendation_decision", "kind"), value)
    rows = {"bylines-TOTAL_FORMS": "1", "bylines-INITIAL_FORMS": "0", "bylines-0-name": "Lan"}
    rows |= {"bylines-0-person": value, "bylines-0-department": value, "bylines-0-role": value}
    words = {"title": "Khai giảng", "body": "<p>Một</p>", "seen_number": draft.draft_number} | choices | rows
    page = client.post(f"/admin/articles/article/{draft.pk}/change/", words)
    assert page.status_code == 200
    assert "Khai giảng" in page.text
    saved = client.post(f"/admin/articles/article/{draft.pk}/tu-luu/", words)
    assert {"section", "event", "commendation_decision", "bylines"} <= saved.json()["refused"].keys()


@pytest.mark.parametrize("value", ["abc", "a\0b", "-1", "0", "99999999999999999999", "²", "1.5"])
def test_a_word_file_for_a_unit_that_is_none_is_refused_with_words(value, client, collaborator):
    client.force_login(collaborator)
    file = SimpleUploadedFile("bai.docx", make_docx(paragraph("Đoạn một.")))
    answer = client.post("/admin/articles/article/mo-word/", {"department": value, "file": file})
    assert answer.status_code == 400
    assert "chọn lại đơn vị" in answer.json()["error"]


def test_a_screen_that_stalled_is_answered_as_the_first_time(client, collaborator):
    """Also with a field that was refused: the title is too long both times."""
    client.force_login(collaborator)
    words = {"client_key": "11111111-2222-3333-4444-555555555555", "lead": "Sapo", "title": "x" * 300}
    answers = [client.post(NEW, words).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("title", "Hội nghị\x02 tập huấn", "Hội nghị tập huấn"),
        ("lead", "Sapo có ký tự\x07 lạ giữa câu.", "Sapo có ký tự lạ giữa câu."),
        ("title", "👩\u200d🏫 Ngày Nhà giáo", "👩\u200d🏫 Ngày Nhà giáo"),
        ("title", "Trư\u00adờng THPT Mẫu mở cửa", "Trường THPT Mẫu mở cửa"),
    ],
)
def test_a_sign_that_nobody_sees_is_not_stored(field, typed, stored, client, collaborator):
    client.force_login(collaborator)
    answer = client.post(NEW, {"client_key": "11111111-2222-3333-4444-555555555555", field: typed})
    assert getattr(Article.objects.get(pk=answer.json()["id"]), field) == stored
