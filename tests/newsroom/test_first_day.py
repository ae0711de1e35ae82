"""An empty installation becomes a site: by a page that a code opens, or from a file; then what is missing."""

import datetime
import io

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from articles.models import Section
from departments.models import DayOff, Department, Position, SchoolYear
from identity.models import SiteIdentity
from newsroom.first_day.missing import what_is_missing
from newsroom.first_day.opening import make_opening_code
from newsroom.models import OpeningCode
from tests.factories.departments import make_user
from tests.factories.identity import ELSEWHERE, make_identity

pytestmark = pytest.mark.django_db
OPENING, WHOSE, MISSING = map(reverse, ("admin:first_visit", "admin:first_visit_whose", "admin:missing"))
WHO = {"full_name": "Đỗ Minh Quân", "username": "quan", "admin_email": "quan@binhnguyen.example"}
FILE = """
[trang]
ten = "Giáo dục Bình Nguyên"
ten_gon = "GD B.Nguyên"
co_quan = "Sở Giáo dục và Đào tạo Bình Nguyên"
co_quan_gon = "Sở GD&ĐT Bình Nguyên"
tinh = "Bình Nguyên"
chiu_trach_nhiem = "Ngô Thị Hạnh"
chuc_vu = "Phó Giám đốc Sở"
dia_chi = "01 đường Ven Sông"
dien_thoai = "0299 000 0000"
thu = "tintuc@binhnguyen.example"
hai_chu_ma = "BN"

[quan_tri]
ho_ten = "Đỗ Minh Quân"
ten_dang_nhap = "quan"
thu = "quan@binhnguyen.example"

[don_vi]
bang = "don-vi.csv"

[[ngay_nghi]]
ten = "Tết Nguyên đán"
tu = 2027-02-05
den = 2027-02-11
"""
UNITS = (
    "Việc,Đơn vị,Loại,Mã,Chuyên môn\n"
    "Thành lập,Trường THPT Ven Sông,Trường THPT,VS,Sở GD&ĐT Bình Nguyên\n"
    "Thành lập,Trường THCS Đồng Cỏ,Trường THCS,DC,Sở GD&ĐT Bình Nguyên\n"
)


@pytest.fixture
def file(tmp_path):
    """Write the file of a set-up and the spreadsheet beside it; returns the file's path."""

    def write(text=FILE, units=UNITS):
        (tmp_path / "don-vi.csv").write_text(units)
        path = tmp_path / "dung-trang.toml"
        path.write_text(text)
        return path

    return write


def run(*words):
    said = io.StringIO()
    call_command("setup", *words, stdout=said, stderr=said)
    return said.getvalue()


def counts():
    models = (User, Department, Position, Section, SchoolYear, DayOff, SiteIdentity)
    return {model.__name__: model.objects.count() for model in models}


def test_a_code_opens_the_first_visit_and_its_holder_chooses_the_password(client):
    assert client.get(WHOSE).headers["Location"] == OPENING
    code = next(word for word in run().split() if word.count("-") == 2)
    assert "Mã chưa đúng" in client.post(OPENING, {"code": "aaaa-bbbb-cccc"}).text
    assert not OpeningCode.objects.filter(code_hash__contains=code).exists()
    assert client.post(OPENING, {"code": code.upper()}).headers["Location"] == WHOSE
    wrong = client.post(WHOSE, ELSEWHERE | WHO | {"code_prefix": "đl", "name": ""})
    assert 'value="Đỗ Minh Quân"' in wrong.text
    assert set(wrong.context["whose"].errors) == {"code_prefix", "name"}
    tomorrow = f"{timezone.localdate() + datetime.timedelta(days=1):%Y-%m-%d}"
    early = client.post(WHOSE, ELSEWHERE | WHO | {"office_since": tomorrow})
    assert "Ngày Sở hoạt động không được sau hôm nay" in early.text and not User.objects.exists()
    assert client.post(WHOSE, ELSEWHERE | WHO).headers["Location"] == reverse("admin:choose_password")
    words = {"new_password1": "con trâu qua sông buổi sớm", "new_password2": "con trâu qua sông buổi sớm"}
    assert "quan" in client.post(reverse("admin:choose_password"), words).text
    user = User.objects.get()
    assert user.check_password("con trâu qua sông buổi sớm") and not user.is_superuser
    assert user.has_perm("accounts.change_user")
    assert Department.objects.get().name == "Sở Giáo dục và Đào tạo Bình Nguyên"
    assert "Cơ quan chủ quản: Sở Giáo dục và Đào tạo Bình Nguyên" in client.get("/lien-he/").text
    assert client.get(OPENING).status_code == client.get(WHOSE).status_code == 404


def test_of_two_people_with_the_code_one_makes_the_site(client):
    code = make_opening_code()
    first, second = type(client)(), type(client)()
    for one in (first, second):
        one.post(OPENING, {"code": code})
    assert first.post(WHOSE, ELSEWHERE | WHO).status_code == 302
    refused = second.post(WHOSE, ELSEWHERE | WHO | {"username": "khac", "name": "Trang khác"})
    assert refused.status_code in (404, 409)
    assert User.objects.get().username == "quan"
    assert SiteIdentity.objects.get().name == "Giáo dục Bình Nguyên"


def test_a_code_ends_by_time_by_a_newer_one_and_by_an_administrator(client, province):
    old = make_opening_code()
    code = make_opening_code()
    assert client.post(OPENING, {"code": old}).status_code == 200
    OpeningCode.objects.update(ends_at=timezone.now() - datetime.timedelta(seconds=1))
    assert client.post(OPENING, {"code": code}).status_code == 200
    code = make_opening_code()
    assert client.post(OPENING, {"code": code}).status_code == 302
    make_user("quantri", Role.ADMINISTRATOR, province)
    assert client.post(WHOSE, ELSEWHERE | WHO).status_code == 404
    assert not User.objects.filter(username="quan").exists()


def test_guessing_the_code_is_slowed_down(client, limits):
    limits(entry_code=(3, 3600))
    statuses = [client.post(OPENING, {"code": f"aaaa-bbbb-{number:04}"}).status_code for number in range(4)]
    assert statuses == [200, 200, 200, 429]


def test_a_file_sets_up_everything_once(file):
    path = file()
    said = run("--from", str(path))
    for words in ("Giáo dục Bình Nguyên", "2 đơn vị", "4 chuyên mục", "Năm học", "1 ngày nghỉ theo tệp"):
        assert words in said, words
    [letter] = mail.outbox
    assert letter.to == ["quan@binhnguyen.example"]
    user = User.objects.get()
    assert not user.has_usable_password()
    assert "Sở Giáo dục và Đào tạo Bình Nguyên" in letter.body
    school = Department.objects.get(code="VS")
    assert school.relations.get().related == Department.objects.get(code="SGD")
    before = counts()
    SiteIdentity.objects.update(phone="0299 111 1111")
    again = run("--from", str(path))
    assert "giữ nguyên" in again and "còn hạn" in again
    assert (counts(), len(mail.outbox)) == (before, 1)
    assert SiteIdentity.objects.get().phone == "0299 111 1111"  # what the office changed is not undone
    assert "mã " in run("--code")


def test_a_completed_file_goes_on_where_the_last_one_ended(file):
    run("--from", str(file(FILE.replace('bang = "don-vi.csv"', ""))))
    assert Department.objects.count() == 1
    said = run("--from", str(file()))
    assert "2 đơn vị" in said
    assert Department.objects.count() == 3


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('hai_chu_ma = "BN"', 'hai_chu_ma = "bn"'), "Dòng 13, [trang] hai_chu_ma: Hai chữ in hoa"),
        (('ten_gon = "GD B.Nguyên"', 'ten_ngan = "x"'), "Dòng 4, [trang] ten_ngan: không có khóa này"),
        (('tinh = "Bình Nguyên"', "tinh = 12"), "Dòng 7, [trang] tinh: phải là chữ trong dấu nháy"),
        (('ho_ten = "Đỗ Minh Quân"', "ho_ten = Đỗ"), "Dòng 16: không đọc được"),
        (("[quan_tri]", "[quantri]"), "quantri: không có mục này"),
        (('ten_dang_nhap = "quan"', 'ten_dang_nhap = "quân trị!"'), "Dòng 17, [quan_tri] ten_dang_nhap"),
        (('bang = "don-vi.csv"', 'bang = "khong-co.xlsx"'), "Dòng 21, [don_vi] bang: không mở được tệp"),
        (("den = 2027-02-11", "den = 2027-02-01"), "Dòng 26, [ngay_nghi] den: ngày cuối"),
        (("tu = 2027-02-05", ""), "[ngay_nghi] tu: chưa ghi"),
        (
            ("[don_vi]", "[so]\ntu_ngay = 2099-01-01\n[don_vi]"),
            "Dòng 21, [so] tu_ngay: Ngày Sở hoạt động không",
        ),
        (("[don_vi]", "[don_vi]\ntu_ngay = 0001-01-01"), "Dòng 21, [don_vi] tu_ngay: ngày phải từ năm 2000"),
    ],
)
def test_every_fault_of_the_file_names_its_line_and_nothing_is_saved(file, change, told):
    before = counts()
    with pytest.raises(CommandError) as refusal:
        run("--from", str(file(FILE.replace(*change))))
    assert told in str(refusal.value)
    assert counts() == before
    assert mail.outbox == []


def test_faults_of_the_spreadsheet_name_its_lines_and_nothing_is_saved(file):
    with pytest.raises(CommandError) as refusal:
        run("--from", str(file(units=UNITS + "Giải thể,Trường Cũ,,,\nThành lập,,,,\n")))
    assert "don-vi.csv, dòng 4" in str(refusal.value)
    assert "don-vi.csv, dòng 5" in str(refusal.value)
    assert not SiteIdentity.objects.exists() and not User.objects.exists()


def test_what_is_missing_stays_until_it_is_mended(client, administrator, desk_editor):
    client.force_login(desk_editor)
    assert client.get(MISSING).status_code == 403
    client.force_login(administrator)
    text = client.get(MISSING).text
    for name in ("Trang của ai", "Đơn vị", "Chuyên mục", "Năm học", "Gửi thư", "Quản trị viên thứ hai"):
        assert name in text, name
    assert MISSING in client.get(reverse("admin:index")).text
    make_identity(address="")
    assert "Địa chỉ trụ sở" in client.get(MISSING).text
    for act in ("sections", "sections", "year"):
        assert client.post(MISSING, {"act": act}).status_code == 302
    assert (Section.objects.count(), SchoolYear.objects.count()) == (4, 1)
    User.objects.filter(pk=administrator.pk).update(email="it@binhnguyen.example")
    client.post(MISSING, {"act": "mail"})
    call_command("setup", stdout=io.StringIO())
    names = {one.name for one in what_is_missing()}
    assert {"Chuyên mục", "Năm học", "Trang của ai"}.isdisjoint(names)
    assert client.post(MISSING, {"act": "xoá"}).status_code == 400


def test_nothing_is_missing_on_a_site_that_works(client, administrator, head, django_assert_max_num_queries):
    make_identity()
    make_user("quantri2", Role.ADMINISTRATOR, administrator.person.positions.get().department)
    client.force_login(administrator)
    client.post(MISSING, {"act": "sections"})
    client.post(MISSING, {"act": "year"})
    names = [one.name for one in what_is_missing()]
    assert set(names) <= {"Gửi thư", "Người duyệt", "Sao lưu"}
    with django_assert_max_num_queries(14):
        what_is_missing()
