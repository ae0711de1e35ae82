"""A whole reform from one spreadsheet: who may approve what on the day before and on the day."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from accounts.roles import Role
from departments.access import scope
from departments.enums import CommitteeLevel, RelationKind
from departments.enums import DepartmentKind as Kind
from departments.models import Department, DepartmentRelation, Position
from foundation.sheets.reading import read_file
from inbox.models import Notice
from records.lists.pasting import read_rows
from reform.enacting import ReformRefused, carry_out, rehearse
from reform.lines import table_of_reform
from reform.planning import plan_of
from tests.factories.departments import make_department, make_relation, make_user

LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)
APPROVE = "articles.approve_article"
SCHOOLS = 40
COMMUNES = ("Ea Phê", "Ea Kuăng", "Hòa Tiến")
HEADINGS = ("Việc", "Đơn vị", "Sang đơn vị", "Hành chính", "Chuyên môn", "Loại", "Người", "Căn cứ")


def workbook(*lines):
    """The sheet as a person keeps it: a title above, the headings, a sum below."""
    book = openpyxl.Workbook()
    for line in (("PHƯƠNG ÁN SẮP XẾP",), HEADINGS, *lines, ("Tổng cộng", f"{len(lines)} dòng")):
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("phuong-an.xlsx", file.getvalue())


def plan_from(upload, day=FIRST, document="Nghị quyết 202/2025/QH15"):
    text = read_file(upload).text
    return plan_of(read_rows(text, table_of_reform()), day=day, document=document)


@pytest.fixture
def before(db):
    """Two provinces, a district office with 40 schools, three communes each with a contact office."""
    west = make_department(
        "Sở Giáo dục và Đào tạo Đắk Lắk", Kind.PROVINCE_OFFICE, short_name="Sở GD&ĐT Đắk Lắk"
    )
    east = make_department(
        "Sở Giáo dục và Đào tạo Phú Yên", Kind.PROVINCE_OFFICE, short_name="Sở GD&ĐT Phú Yên"
    )
    district = make_department("Phòng GD&ĐT Krông Pắc", Kind.DISTRICT_OFFICE, parent=west)
    communes = [
        make_department(f"UBND xã {name}", Kind.PEOPLES_COMMITTEE, committee_level=CommitteeLevel.COMMUNE)
        for name in COMMUNES
    ]
    for number in range(SCHOOLS):
        school = make_department(f"Trường Tiểu học Lê Lợi {number}", Kind.PRIMARY, parent=district)
        make_relation(school, RelationKind.LOCATION, communes[number % 3])
    make_department("Trường THPT Chu Văn An", parent=west, former_province="Đắk Lắk (cũ)")
    make_department("Trường THPT Nguyễn Huệ", parent=east, former_province="Phú Yên (cũ)")
    make_user("giamdoc", Role.HEAD, west, full_name="Phạm Thị Hà", title="Giám đốc")
    make_user("giamdoc2", Role.HEAD, east, full_name="Trần Ấn", title="Giám đốc")
    make_user("quantri", Role.ADMINISTRATOR, west, full_name="Hoàng Văn Đức")
    make_user("truongphong", Role.HEAD, district, full_name="H'Lan Byă", title="Trưởng phòng")
    make_user(
        "hieutruong",
        Role.HEAD,
        Department.objects.get(name="Trường Tiểu học Lê Lợi 0"),
        full_name="Y Phu Êban",
    )
    make_user("thpt", Role.HEAD, Department.objects.get(name="Trường THPT Chu Văn An"), full_name="Đỗ Lan")
    return {unit.name: unit for unit in Department.objects.all()}


def sheet():
    own = [("Chuyển", f"TH Lê Lợi {number}", "", "UBND xã Ea Phê mới") for number in range(SCHOOLS)]
    return workbook(
        ("Thành lập", "Sở Giáo dục và Đào tạo Đắk Lắk", "", "", "", "Sở GD&ĐT"),
        ("Thành lập", "UBND xã Ea Phê mới", "", "", "", "Ủy ban nhân dân"),
        ("Sáp nhập", "Sở GD&ĐT Đắk Lắk", "Sở Giáo dục và Đào tạo Đắk Lắk", "", "", "", "chuyển"),
        ("Sáp nhập", "Sở GD&ĐT Phú Yên", "Sở Giáo dục và Đào tạo Đắk Lắk", "", "", "", "chuyển"),
        *[("Sáp nhập", f"UBND xã {name}", "UBND xã Ea Phê mới") for name in COMMUNES],
        ("Giải thể", "Phòng GD&ĐT Krông Pắc", "", "", "Sở Giáo dục và Đào tạo Đắk Lắk", "", "kết thúc"),
        *own,
    )


def reach(username, day):
    names = Department.objects.in_bulk(scope(User.objects.get(username=username), APPROVE, day))
    return sorted({unit.name for unit in names.values()})


def test_the_drill(before):
    schools = sorted(f"Trường Tiểu học Lê Lợi {number}" for number in range(SCHOOLS))
    was = {name: reach(name, LAST) for name in ("giamdoc", "giamdoc2", "truongphong", "hieutruong", "thpt")}
    assert was["truongphong"] == ["Phòng GD&ĐT Krông Pắc", *schools]
    assert was["giamdoc2"] == ["Sở Giáo dục và Đào tạo Phú Yên", "Trường THPT Nguyễn Huệ"]

    rows = Department.objects.count(), DepartmentRelation.objects.count(), Position.objects.count()
    seen = rehearse(plan_from(sheet()))
    assert rows == (Department.objects.count(), DepartmentRelation.objects.count(), Position.objects.count())
    assert not Department.objects.exclude(valid_until=None).exists()

    carry_out(plan_from(sheet()), by=User.objects.get(username="quantri"))
    office = Department.objects.get(name="Sở Giáo dục và Đào tạo Đắk Lắk", valid_from=FIRST)
    head = User.objects.get(username="giamdoc")
    # The day before is as it was.
    assert {name: reach(name, LAST) for name in was} == was
    # On the day: the district's head decides nothing, the schools' own heads as before.
    assert reach("truongphong", FIRST) == reach("giamdoc", FIRST) == reach("giamdoc2", FIRST) == []
    assert (reach("hieutruong", FIRST), reach("thpt", FIRST)) == (was["hieutruong"], was["thpt"])
    # Two directors: who leads the new office is appointed, and then decides about all of both provinces.
    Position.objects.create(
        person=head.person, department=office, role=Role.HEAD, title="Giám đốc", valid_from=FIRST
    )
    under = reach("giamdoc", FIRST)
    assert {*schools, "Trường THPT Chu Văn An", "Trường THPT Nguyễn Huệ"} <= set(under)
    assert {"Phòng GD&ĐT Krông Pắc", "Sở Giáo dục và Đào tạo Phú Yên"} <= set(under)
    assert "UBND xã Ea Phê mới" not in under
    # One managing unit of each kind for every school, none of them closed.
    commune = Department.objects.get(name="UBND xã Ea Phê mới")
    today = DepartmentRelation.objects.on(FIRST).filter(department__name__in=schools)
    assert today.filter(kind=RelationKind.ADMINISTRATIVE, related=commune).count() == SCHOOLS
    assert today.filter(kind=RelationKind.PROFESSIONAL, related=office).count() == SCHOOLS
    assert today.filter(kind=RelationKind.LOCATION, related=commune).count() == SCHOOLS
    assert today.count() == 3 * SCHOOLS
    assert not Department.objects.without_manager(FIRST).exists()
    assert commune.committee_level == CommitteeLevel.COMMUNE
    # Said beforehand as it came.
    lost = next(one for one in seen.powers if before["Trường Tiểu học Lê Lợi 1"] in one.units)
    assert lost.before[0] == "H'Lan Byă, Trưởng phòng, Phòng GD&ĐT Krông Pắc"
    assert (len(lost.units), lost.after) == (
        SCHOOLS,
        (),
    )  # 39 schools without a head, and the district office
    assert {post.position.person.full_name: str(post.goes_to or "") for post in seen.farewells} == {
        "Phạm Thị Hà": "",
        "Trần Ấn": "",
        "Hoàng Văn Đức": "Sở Giáo dục và Đào tạo Đắk Lắk",
        "H'Lan Byă": "",
    }
    told = dict(Notice.objects.filter(kind="unit_closed").values_list("recipient__username", "words"))
    assert set(told) == {"giamdoc", "giamdoc2", "quantri", "truongphong"}
    assert "kết thúc sau ngày 30/06/2025" in told["truongphong"]


def test_a_house_without_a_place_is_asked_about_and_nothing_is_saved(before):
    upload = workbook(("Giải thể", "Phòng GD&ĐT Krông Pắc"), ("Chuyển", "TH Lê Lợi 0", "Sở GD&ĐT Đắk Lắk"))
    with pytest.raises(ReformRefused) as refusal:
        carry_out(plan_from(upload), by=User.objects.get(username="quantri"))
    sentences = [sentence for _, sentence in refusal.value.errors]
    assert [sentence.split(" – ")[0] for sentence in sentences] == [
        "Phòng GD&ĐT Krông Pắc còn 39 đơn vị trực thuộc chưa rõ chuyển sang đâu"
    ] * 2
    assert not Department.objects.exclude(valid_until=None).exists()


def test_a_house_left_without_on_purpose_is_listed(before, django_assert_max_num_queries):
    plan = plan_from(workbook(("Giải thể", "Phòng GD&ĐT Krông Pắc", "", "không", "không")))
    with django_assert_max_num_queries(60):  # however many schools there are
        seen = rehearse(plan)
    assert len(seen.unmanaged) == SCHOOLS
    assert seen.powers[0].after == ()


REFUSED = (
    ([("Sáp nhập", "UBND xã Ea Phê", "UBND xã Ea Kuăng"), ("Giải thể", "UBND xã Ea Kuăng")],
     "kết thúc theo chính bảng này"),
    ([("Chuyển", "Sở GD&ĐT Phú Yên", "Trường THPT Nguyễn Huệ")], "trực thuộc chính nó"),
    ([("Chuyển", "TH Lê Lợi 0", "Sở GD&ĐT Đắk Lắk")] * 2, "hai dòng cùng chuyển"),
    ([("Sáp nhập", "Sở GD&ĐT Đắk Lắk", "Sở GD&ĐT Phú Yên", "", "", "", "kết thúc")],
     "không còn ai giữ vai trò Quản trị"),
    ([("Thành lập", "UBND Ea Phê", "", "", "", "Ủy ban nhân dân")], "ủy ban cấp nào"),
    ([("Thành lập", "UBND huyện Krông Pắc", "", "", "", "Ủy ban nhân dân")],
     "không còn ủy ban nhân dân cấp huyện"),
    ([("Thành lập", "Nhà văn hóa")], "cột Loại"),
    ([("Chuyển", "TH Lê Lợi 0", "TH Lê Lợi 0")], "không thể trực thuộc chính nó"),
    ([("Chuyển", "TH Lê Lợi 0")], "Hãy ghi chuyển sang đơn vị nào"),
    ([("Xóa", "TH Lê Lợi 0")], "Không rõ việc “Xóa”"),
    ([("Sáp nhập", "Phòng GD&ĐT Ea Súp", "Sở GD&ĐT Phú Yên")], "Danh bạ không có đơn vị"),
)  # fmt: skip


def test_lines_that_cannot_be_are_answered_in_words(before):
    for lines, sentence in REFUSED:
        try:
            rehearse(plan_from(workbook(*lines)))
            found = []
        except ReformRefused as refusal:
            found = [words for _, words in refusal.errors]
        assert any(sentence in words for words in found), (sentence, found)
    assert not Department.objects.exclude(valid_until=None).exists()


def test_one_unit_that_turns_into_another_keeps_its_head(before):
    upload = workbook(
        ("Thành lập", "Phòng GD&ĐT Krông Pắc mới", "", "Sở GD&ĐT Đắk Lắk", "Sở GD&ĐT Đắk Lắk", "Phòng GD&ĐT"),
        ("Sáp nhập", "Phòng GD&ĐT Krông Pắc", "Phòng GD&ĐT Krông Pắc mới"),
        ("Đổi tên", "TH Lê Lợi 0", "Trường Tiểu học Kim Đồng"),
        ("Tách", "TH Lê Lợi 1", "Trường Tiểu học Lê Lợi 2"),
    )
    carry_out(plan_from(upload), by=User.objects.get(username="quantri"))
    assert len(reach("truongphong", FIRST)) == SCHOOLS + 2  # the old office and the new one, and all schools
    assert Department.objects.filter(name="Trường Tiểu học Kim Đồng", valid_until=None).count() == 1
    parted = DepartmentRelation.objects.get(kind=RelationKind.SUCCESSION, succession_kind="split")
    assert (parted.department.valid_until, parted.valid_from) == (None, FIRST)


def test_who_takes_over_the_unit_above_stands_under_nobody_and_that_is_said(before):
    seen = rehearse(plan_from(workbook(("Sáp nhập", "Phòng GD&ĐT Krông Pắc", "TH Lê Lợi 0"))))
    assert [unit.name for unit in seen.unmanaged] == ["Trường Tiểu học Lê Lợi 0"]
    assert seen.relations["Chuyên môn (hướng dẫn nghiệp vụ)"] == SCHOOLS - 1


def test_two_administrators_at_once_do_not_undo_each_other(before):
    """Both plans are made before either is carried out, as two open pages make them."""
    by = User.objects.get(username="quantri")
    into, back, other = (
        plan_from(workbook(("Sáp nhập", f"UBND xã {one}", f"UBND xã {two}", "", "UBND xã Hòa Tiến")))
        for one, two in (("Ea Phê", "Ea Kuăng"), ("Ea Kuăng", "Ea Phê"), ("Ea Phê", "Hòa Tiến"))
    )
    founding = [
        plan_from(workbook(("Thành lập", "Trường THPT Đồng Cỏ", "", "", "", "Trường THPT"))) for _ in range(2)
    ]
    carry_out(into, by=by)
    carry_out(founding[0], by=by)
    for late, words in (
        (back, "vừa được sửa ở nơi khác"),
        (other, "vừa được sửa ở nơi khác"),
        (founding[1], "Đã có Trường THPT Đồng Cỏ (mã TRUONG-THPT-DONG-CO)"),
        (plan_from(workbook(("Thành lập", "Trường THPT Đồng Cỏ", "", "", "", "Trường THPT"))), "Đã có"),
    ):
        with pytest.raises(ReformRefused) as refusal:
            carry_out(late, by=by)
        assert words in str(refusal.value)
    assert Department.objects.filter(name="Trường THPT Đồng Cỏ").count() == 1
    assert DepartmentRelation.objects.filter(kind=RelationKind.SUCCESSION).count() == 1


def test_no_closed_unit_follows_itself(before):
    old, new = before["UBND xã Ea Phê"], before["UBND xã Ea Kuăng"]
    make_relation(old, RelationKind.SUCCESSION, new, succession_kind="merge")
    Department.objects.filter(pk=old.pk).update(valid_until=LAST)
    make_relation(new, RelationKind.SUCCESSION, old, succession_kind="merge")
    DepartmentRelation.objects.filter(kind=RelationKind.LOCATION).delete()
    plan = plan_from(workbook(("Giải thể", "UBND xã Ea Kuăng")))
    with pytest.raises(ReformRefused, match="kế thừa của chính nó"):
        rehearse(plan)
