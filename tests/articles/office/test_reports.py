"""What was public at a moment, what waits how long, and the files, whose formulas are disarmed."""

import csv
import datetime
import io

import pytest
from django.db.models import QuerySet
from django.utils import timezone
from openpyxl import load_workbook

from approvals.auditing import audit_act
from approvals.models import AuditEntry, StatusChange
from articles.models import Article, PublishedArticle, Release, ReviewDecision
from articles.office.public_on import public_at, rows_of
from articles.office.waits import waits
from tests.factories.articles import (
    approve,
    make_draft,
    make_published,
    resubmit,
    submit,
    take_back,
    withdraw,
)
from tests.lifting import lifted

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
PUBLIC, WAITS, BOOK = "/admin/kiem-tra/cong-khai/", "/admin/kiem-tra/dang-cho/", "/admin/kiem-tra/so/"


def long_ago(hours):
    """Everything recorded so far happened that much earlier."""
    earlier = datetime.timedelta(hours=hours)
    with lifted():
        for model, name in ((Release, "done_at"), (StatusChange, "taken_at"), (ReviewDecision, "decided_at")):
            for row in model.objects.exclude(**{name: None}):
                moved = QuerySet(model).filter(pk=row.pk)  # the model's own queryset refuses
                moved.update(**{name: getattr(row, name) - earlier})


def titles(hours):
    moment = timezone.now() - datetime.timedelta(hours=hours)
    return sorted(row[1] for row in rows_of(public_at(moment)))


def test_each_moment_shows_the_words_of_its_time(collaborator, head):
    page = make_published(collaborator, head, title="Tít đầu")
    make_draft(collaborator, title="Nháp")
    submit(make_draft(collaborator, title="Đang chờ"), collaborator)
    long_ago(10)
    again = resubmit(Article.objects.get(pk=page.pk), collaborator, title="Tít sửa")
    approve(again, head)
    long_ago(10)
    withdraw(PublishedArticle.objects.get(pk=page.pk), head)
    assert titles(25) == []
    assert titles(15) == ["Tít đầu"]
    assert titles(5) == ["Tít sửa"]
    assert titles(0) == []


def test_what_was_taken_back_and_what_had_ended_is_not_shown(collaborator, head):
    first = make_published(collaborator, head, title="Bản cũ")
    long_ago(10)
    again = approve(resubmit(Article.objects.get(pk=first.pk), collaborator, title="Bản lỡ"), head)
    assert titles(0) == ["Bản lỡ"]
    take_back(again, head)
    assert titles(0) == ["Bản cũ"]
    story = submit(make_draft(collaborator, title="Có hạn"), collaborator)
    approve(story, head, until=timezone.now() + HOUR)
    assert titles(0) == ["Bản cũ", "Có hạn"]
    assert titles(-2) == ["Bản cũ"]


def test_the_row_names_the_digest_and_who_approved_in_what_capacity(collaborator, head):
    page = make_published(collaborator, head, title="Chào cờ")
    row = rows_of(public_at(timezone.now()))[0]
    assert page.sha256 in row
    assert row[-1] == "Trần Văn Minh, Hiệu trưởng, Trường THPT Chu Văn An"


def test_the_auditor_asks_for_a_moment_and_a_bad_one_is_said_at_its_field(
    client, auditor, collaborator, head
):
    make_published(collaborator, head, title="Chào cờ")
    client.force_login(auditor)
    assert "1 bài bạn đọc mở được" in client.get(PUBLIC).content.decode()
    assert "Hãy chọn ngày và giờ" in client.get(PUBLIC, {"luc": "hôm nào"}).content.decode()
    assert "0 bài bạn đọc mở được" in client.get(PUBLIC, {"luc": "2001-01-01T00:00"}).content.decode()


def test_what_waits_is_told_by_unit_with_who_holds_it(
    client, auditor, collaborator, other_collaborator, head
):
    submit(make_draft(collaborator, title="Chờ một"), collaborator)
    submit(make_draft(other_collaborator, title="Chờ hai"), other_collaborator)
    units = dict(waits(auditor))
    assert {unit: [w.title for w in found] for unit, found in units.items()} == {
        "Trường THPT Chu Văn An": ["Chờ một"],
        "Trường THPT Buôn Ma Thuột": ["Chờ hai"],
    }
    client.force_login(head)
    page = client.get(WAITS).content.decode()
    assert "Chờ một" in page
    assert "Trần Văn Minh (Hiệu trưởng) giữ" in page
    assert "Chờ hai" not in page


@pytest.mark.parametrize("address", [PUBLIC, WAITS, BOOK])
@pytest.mark.parametrize("who", ["collaborator", "registrar", "administrator"])
def test_others_read_no_report(client, request, address, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(address, {"tep": "csv"}).status_code == 403
    assert client.post(address).status_code in {403, 405}


@pytest.mark.parametrize("address", [PUBLIC, BOOK])
def test_a_head_reads_the_waits_alone(client, head, address):
    client.force_login(head)
    assert client.get(address).status_code == 403
    assert client.get(WAITS).status_code == 200


EVIL = '=HYPERLINK("http://x";"y")'


def test_files_run_no_formula_and_keep_vietnamese(client, auditor, collaborator, head):
    make_published(collaborator, head, title=EVIL)
    audit_act("@SUM(A1)\x07", None)
    client.force_login(auditor)
    answer = client.get(PUBLIC, {"tep": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert next(iter(list(csv.reader(io.StringIO(text)))[1:]))[1] == f"'{EVIL}"
    sheet = load_workbook(io.BytesIO(client.get(PUBLIC, {"tep": "xlsx"}).content)).active
    cell = sheet["B2"]
    assert (cell.value, cell.data_type) == (EVIL, "s")
    assert sheet["B1"].value == "Tiêu đề"
    book = load_workbook(io.BytesIO(client.get(BOOK, {"tep": "xlsx"}).content)).active
    assert "@SUM(A1)" in {row[4] for row in book.values}
    assert "f" not in {cell.data_type for row in book.rows for cell in row}


def test_that_a_file_was_taken_out_is_noted(client, auditor):
    client.force_login(auditor)
    client.get(BOOK, {"tep": "csv", "tu": "2026-01-01", "den": "x"}, REMOTE_ADDR="203.0.113.4")
    entry = AuditEntry.objects.get(action="Xuất: Nhật ký kiểm toán")
    assert (entry.actor, entry.address) == (auditor, "203.0.113.4")


def test_the_book_is_cut_by_days(client, auditor):
    audit_act("Hôm nay", None)
    client.force_login(auditor)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    text = b"".join(client.get(BOOK, {"tu": f"{tomorrow:%Y-%m-%d}"}).streaming_content).decode()
    assert "Hôm nay" not in text
