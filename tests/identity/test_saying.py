"""Whose site it is, dated, known to every process, dropped from kept pages the moment it changes."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from foundation.pagestore.announcing import announce
from identity import current
from identity.current import site_words
from identity.models import SiteIdentity
from identity.words import SiteWords
from newsroom.demo.units import IDENTITY
from tests.factories.departments import make_department
from tests.factories.identity import ELSEWHERE, make_identity

TOMORROW = timezone.localdate() + datetime.timedelta(days=1)
FORM = "admin:identity_siteidentity"


def form(**words):
    return {"valid_from": timezone.localdate().strftime("%d/%m/%Y")} | ELSEWHERE | words


@pytest.mark.django_db
def test_nothing_is_invented_while_nobody_has_said_whose_site_it_is(client):
    assert site_words() == SiteWords()
    text = client.get("/").text
    assert "<title>Trang tin điện tử" in text
    for label in ("Cơ quan chủ quản", "Chịu trách nhiệm nội dung", "Địa chỉ:", "Giấy phép"):
        assert label not in text


@pytest.mark.django_db
def test_the_foot_says_what_the_law_asks_for(client):
    make_identity()
    text = client.get("/").text
    for words in (
        "Cơ quan chủ quản: Sở Giáo dục và Đào tạo Bình Nguyên",
        "Chịu trách nhiệm nội dung: Ngô Thị Hạnh, Phó Giám đốc Sở",
        "Địa chỉ: 01 đường Ven Sông, phường Trung Tâm",
        "Điện thoại: 0299 000 0000",
        "mailto:tintuc@binhnguyen.example",
        "Giấy phép: Số 12/GP-TTĐT ngày 02/3/2026",
    ):
        assert words in text, words


@pytest.mark.django_db
def test_a_record_begins_on_its_day_and_not_before():
    make_identity(valid_from=TOMORROW, responsible_name="Người Kế Nhiệm")
    assert site_words() == SiteWords()
    make_identity(valid_from="2024-01-01")
    assert site_words().responsible_name == "Ngô Thị Hạnh"
    assert SiteIdentity.objects.at(TOMORROW).first().responsible_name == "Người Kế Nhiệm"


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_goes_the_moment_the_words_change(client, kept_site, administrator):
    make_identity()
    assert "Giáo dục Bình Nguyên" in client.get("/").text
    queries = []
    with connection.execute_wrapper(lambda run, *args: queries.append(args[0]) or run(*args)):
        client.get("/gioi-thieu/")
    assert not [sql for sql in queries if "identity" in sql]  # known to this process already
    client.force_login(administrator)
    answer = client.post(reverse(f"{FORM}_add"), form(name="Tin học đường Bình Nguyên"))
    assert answer.status_code == 302
    client.logout()
    assert "Tin học đường Bình Nguyên" in client.get("/").text
    assert "Giáo dục Bình Nguyên" not in client.get("/").text


@pytest.mark.django_db(transaction=True)
def test_a_process_asks_again_once_a_change_is_announced(kept_site):
    """Other processes hear of it by the same note in the store (`foundation.pagestore.parts`)."""
    row = make_identity()
    assert site_words().name == "Giáo dục Bình Nguyên"
    SiteIdentity.objects.filter(pk=row.pk).update(name="Tin Bình Nguyên")
    assert site_words().name == "Giáo dục Bình Nguyên"  # nobody has announced it
    announce(row)
    assert site_words().name == "Tin Bình Nguyên"


@pytest.mark.django_db
def test_an_installation_that_exists_keeps_its_words_and_a_new_one_begins_with_none():
    keep = import_module("newsroom.migrations.0002_words_said_until_now").keep_what_was_said
    keep(apps, None)
    assert not SiteIdentity.objects.exists()
    make_department()
    for _ in range(2):
        keep(apps, None)
    assert SiteIdentity.objects.get().words.name == IDENTITY["name"]


@pytest.mark.django_db
def test_the_office_says_it_in_a_form_that_keeps_what_was_typed(client, administrator, desk_editor):
    client.force_login(desk_editor)
    assert client.get(reverse(f"{FORM}_changelist")).status_code == 403
    client.force_login(administrator)
    wrong = form(short_name="Một tên dài quá mười hai chữ", code_prefix="đl", phone="gọi cô Hạnh", email="@")
    answer = client.post(reverse(f"{FORM}_add"), wrong)
    assert set(answer.context["adminform"].errors) == {"short_name", "code_prefix", "phone", "email"}
    assert 'value="gọi cô Hạnh"' in answer.text
    assert not SiteIdentity.objects.exists()
    assert client.post(reverse(f"{FORM}_add"), form()).status_code == 302
    assert "Đã có một bản ghi từ ngày này." in client.post(reverse(f"{FORM}_add"), form()).text
    again = client.get(reverse(f"{FORM}_add")).text
    assert 'value="Giáo dục Bình Nguyên"' in again  # the next record begins with the words of the last


@pytest.mark.django_db
def test_what_readers_saw_is_neither_changed_afterwards_nor_deleted(client, administrator):
    old, now = make_identity(valid_from="2020-01-01"), make_identity(valid_from="2025-07-01")
    later = make_identity(valid_from=TOMORROW)
    client.force_login(administrator)
    assert client.post(reverse(f"{FORM}_change", args=[old.pk]), form(name="Khác")).status_code == 403
    assert client.post(reverse(f"{FORM}_delete", args=[now.pk]), {"post": "yes"}).status_code == 403
    assert client.post(reverse(f"{FORM}_delete", args=[later.pk]), {"post": "yes"}).status_code == 302
    assert set(SiteIdentity.objects.all()) == {old, now}
    assert (
        "Chịu trách nhiệm nội dung: Ngô Thị Hạnh" in client.get(reverse(f"{FORM}_change", args=[now.pk])).text
    )


def test_pages_drawn_without_the_database_say_what_was_said_last(client, monkeypatch):
    cache.set(current.KEY, SiteWords(name="Giáo dục Bình Nguyên", organization_short="Sở Bình Nguyên"))
    site_words()
    monkeypatch.setattr("newsroom.views.new_address", lambda path: 1 / 0)
    client.raise_request_exception = False
    answer = client.get("/khong-co/")
    assert answer.status_code == 500
    assert "Giáo dục Bình Nguyên" in answer.text and "Sở Bình Nguyên" in answer.text
