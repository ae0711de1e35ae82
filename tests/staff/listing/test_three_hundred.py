"""A province's list of 300 lines with the faults that such lists have: questions, mended, saved, invited by a
real mail server, everybody entered by the link of their letter or the code of their sheet.
"""

import email
import io
import re
import socket

import openpyxl
import pytest
from aiosmtpd.controller import Controller
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from departments.models import Person, Position
from inbox.models import Notice
from inbox.posting import send_due
from tests.factories.departments import make_department, make_user
from tests.staff.listing.conftest import PAGE, send

SCHOOLS, A_SCHOOL = 20, 15  # 300 lines
FAMILIES = ("Nguyễn Thị", "Trần Văn", "Lê Thị Thu", "Y", "Phạm Ngọc")
GIVEN = ("Lan", "Hà", "Minh", "Phu Êban", "Thảo", "Đức", "Ánh", "Bình", "Cúc", "Dũng", "Giang", "Hòa")
HEADINGS = ("STT", "Họ và tên", "Chức vụ", "Đơn vị", "Email", "Điện thoại", "Từ ngày", "Tên đăng nhập")
CODE = re.compile(r"<dd>(\w{4}-\w{4}-\w{4})</dd>")


class Post:
    """Keeps every letter that arrives by SMTP."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):
        self.letters.append((envelope.rcpt_tos[0], email.message_from_bytes(envelope.content)))
        return "250 OK"


@pytest.fixture
def post_office(settings):
    """A mail server on a port of this machine; the newsroom talks SMTP with it."""
    post = Post()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host, port = free.getsockname()
    controller = Controller(post, hostname=host, port=port)
    controller.start()
    options = {"host": host, "port": port, "timeout": 15}
    backend = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
    yield post
    controller.stop()


@pytest.fixture
def schools(province):
    return [make_department(f"Trường THPT Số {n}", parent=province, code=f"TR{n:02}") for n in range(SCHOOLS)]


def lines_of(schools):
    """300 lines: a head, a deputy and 13 teachers a school; every fifth has no mail."""
    rows, number = [], 0
    for place, school in enumerate(schools):
        for seat in range(A_SCHOOL):
            number += 1
            family, given = FAMILIES[(number + place) % 5], GIVEN[(number * 7 + place) % 12]
            name = f"{family} {chr(65 + place)}{chr(97 + seat)} {given}"
            title = ("HT", "P.HT", "GV", "Giáo viên")[min(seat, 2 + number % 2)]
            unit = (school.name, school.name.replace("Trường ", ""), "Tr. " + school.name[7:])[number % 3]
            mail = "" if number % 5 == 0 else f"nguoi{number}@vidu.example"
            rows.append([number, name, title, unit, mail, f"09{number:08}", "1/9/2026", ""])
    return rows


def workbook(rows):
    """An Excel file with a title over merged cells, a merged unit, a total and a signature."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["DANH SÁCH CÁN BỘ, GIÁO VIÊN LÀM CỘNG TÁC VIÊN"])
    sheet.merge_cells("A1:H1")
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(row)
    sheet.append(["Tổng cộng", f"{len(rows)} người"])
    sheet.append(["", "", "", "", "", "Hiệu trưởng"])
    first = 3  # the unit of the first three teachers in one merged cell
    sheet.merge_cells(start_row=first, end_row=first + 2, start_column=4, end_column=4)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("danh-sach.xlsx", stream.getvalue())


def upload(office, rows):
    """Choose the file; returns the page and the text that it put into the box."""
    day = timezone.localdate().isoformat()
    page = office.post(reverse(PAGE), {"upload": workbook(rows), "default_day": day, "check": "1"})
    return page, page.context["form"]["text"].value()


@pytest.fixture
def faulty(schools, province):
    """The list with its faults, the same list mended, and who was known before."""
    make_user("gv-cu", "collaborator", schools[5], full_name="Vũ Thị Cũ", title="Giáo viên", email="")
    closed = make_department("Phòng GD&ĐT Krông Pắc", valid_until=timezone.localdate().replace(year=2025))
    good = lines_of(schools)
    good[80] = [81, "Vũ Thị Cũ", "GV", schools[5].name, "", "", "", "gv-cu"]  # known: nothing new
    good[50][1], good[50][4] = good[20][1], good[20][4]  # one person, two positions
    good[110][1] = good[140][1]  # two people of one name
    bad = [list(row) for row in good]
    bad[10][4] = "nguoi11@gmail.con"
    bad[31][6] = "31/9/2026"
    bad[62][3] = closed.name
    bad[63][3] = "PGD Krông Pắk"
    bad[90][2] = "Bảo vệ"
    bad[120][4] = bad[121][4]  # one box for two people
    bad[200][0], bad[201][3] = "", "Trường THPT Số 99"
    return bad, good


def test_faults_of_a_list_are_grouped_questions_and_nothing_is_saved(client, administrator, faulty):
    client.force_login(administrator)
    before = User.objects.count()
    page, text = upload(client, faulty[0])
    words = page.content.decode()
    for sentence in (
        "có phải nguoi11@gmail.com?",
        "Không đọc được ngày “31/9/2026”",
        "đã kết thúc ngày",
        "Chức vụ “Bảo vệ” chưa rõ vai trò",
        "Mỗi người cần hộp thư riêng",
        "Danh bạ không có đơn vị “Trường THPT Số 99”",
    ):
        assert sentence in words, sentence
    assert "Tổng cộng" in words
    send(client, text, "invite")
    assert User.objects.count() == before


def test_three_hundred_people_come_in_by_mail_and_on_paper(client, administrator, faulty, post_office):
    client.force_login(administrator)
    page, text = upload(client, faulty[1])
    assert page.context["wrong"] == 0, page.context["errors"]
    assert "298 người mới, 1 cập nhật, 1 không đổi" in page.content.decode()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        send(client, text, "invite")
    assert len(asked) < 60, len(asked)
    new = User.objects.exclude(last_login__isnull=False).filter(password__startswith="!")
    assert new.count() == 298
    assert Person.objects.filter(user__in=new).count() == 298
    assert Position.objects.filter(person__user__in=new).count() == 299
    while send_due():
        pass
    by_mail = dict(post_office.letters)
    assert len(post_office.letters) == len(by_mail) == new.exclude(email="").count()
    entered = [enter_by_letter(message) for message in by_mail.values()]
    assert len(entered) == len(by_mail)
    rest = User.objects.filter(password__startswith="!")
    sheets = client.post(
        reverse("admin:staff_invitations"), {"account": list(rest.values_list("pk", flat=True)), "print": "1"}
    ).content.decode()
    names = re.findall(r"Tên đăng nhập</dt><dd>([\w.]+)</dd>", sheets)
    assert len(names) == rest.count() == 298 - len(by_mail)
    for name, code in zip(names, CODE.findall(sheets), strict=True):
        theirs = Client()
        theirs.post(reverse("admin:enter_by_code"), {"username": name, "code": code})
        assert choose(theirs)
    assert not User.objects.filter(password__startswith="!").exists()
    assert not Notice.objects.filter(mail_at__isnull=False, mailed_at=None, kind="ticket").exists()


def enter_by_letter(message):
    """Follow the link of a letter, choose a password, sign in with it; returns the client."""
    body = message.get_payload()[0].get_payload(decode=True).decode()
    (link,) = re.findall(r"http://127\.0\.0\.1:8000(/admin/vao/\S+)", body)
    theirs = Client()
    theirs.get(link)
    assert choose(theirs)
    return theirs


def choose(theirs):
    words = {"new_password1": "ca-phe-sua-da-17", "new_password2": "ca-phe-sua-da-17"}
    page = theirs.post(reverse("admin:choose_password"), words)
    username = page.context["account"].username
    return theirs.login(username=username, password="ca-phe-sua-da-17")
