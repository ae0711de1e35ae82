"""The two pages: what they show before anything is written, what they refuse, who may open them."""

import re
from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from approvals.models import AuditEntry
from departments.enums import DepartmentKind as Kind
from departments.models import Department, DepartmentRelation
from tests.factories.departments import make_department, make_user

FIRST = "2026-12-01"


@pytest.fixture
def house(province):
    """A district office with two schools."""
    office = make_department("Phòng GD&ĐT Krông Pắc", Kind.DISTRICT_OFFICE, parent=province)
    schools = [make_department(f"Trường Tiểu học Lê Lợi {n}", Kind.PRIMARY, parent=office) for n in (1, 2)]
    make_user("phong", Role.HEAD, office, full_name="H'Lan Đỗ", title="Trưởng phòng")
    return office, schools


@pytest.fixture
def office_client(client, administrator):
    client.force_login(administrator)
    return client


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_unit_closes_with_its_house(house, province, office_client):
    office, schools = house
    page = reverse("admin:reform_closing", args=[office.pk])
    assert page in office_client.get(reverse("admin:departments_department_change", args=[office.pk])).text
    assert "2 đơn vị chuyển sang" in words(office_client.get(page))
    asked = {"act": "DISSOLVE", "day": FIRST, "document": "Số 1/NQ", "people": "end"}
    refused = office_client.post(page, asked | {"check": "1"})
    assert "còn 2 đơn vị trực thuộc chưa rõ chuyển sang đâu" in words(refused)
    asked |= {"administrative": province.pk, "professional": province.pk}
    seen = words(office_client.post(page, asked | {"check": "1"}))
    assert "Hết ngày 30/11/2026" in seen and "H&#x27;Lan Đỗ, Trưởng phòng" in seen
    assert not Department.objects.exclude(valid_until=None).exists()
    assert office_client.post(page, asked | {"save": "1"}).status_code == 302
    office.refresh_from_db()
    assert (office.valid_until, office.closing_document) == (date(2026, 11, 30), "Số 1/NQ")
    above = DepartmentRelation.objects.on(date(2026, 12, 1)).filter(department__in=schools)
    assert {row.related for row in above} == {province} and above.count() == 4


def test_a_day_that_cannot_be_is_told_at_its_field(house, office_client):
    office, _ = house
    table = {"text": f"Việc\tĐơn vị\tHành chính\nGiải thể\t{office.code}\tkhông", "check": "1"}
    for page, sent in (
        (reverse("admin:reform_table"), table),
        (
            reverse("admin:reform_closing", args=[office.pk]),
            {"act": "DISSOLVE", "people": "end", "check": "1"},
        ),
    ):
        for day in ("0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31"):
            assert "Ngày phải từ năm 2000 đến năm 2100." in office_client.post(page, sent | {"day": day}).text


def test_the_form_of_a_unit_does_not_leave_a_house_behind(house, office_client):
    office, _ = house
    page = reverse("admin:departments_department_change", args=[office.pk])
    form = office_client.get(page).context["adminform"].form
    sent = {name: form.initial.get(name) or "" for name in form.fields} | {"valid_until": "30/11/2026"}
    for prefix in ("names", "relations", "positions"):
        sent |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    assert "Còn 2 đơn vị trực thuộc sau ngày ấy" in words(office_client.post(page, sent))
    office.refresh_from_db()
    assert office.valid_until is None


def test_a_table_is_rehearsed_then_carried_out(house, office_client, province):
    office, _ = house
    page = reverse("admin:reform_table")
    draft = office_client.get(page, {"don-vi": office.pk}).context["form"]["text"].value()
    assert draft.count("Chuyển") == 2
    text = draft.replace(f"Giải thể\t{office.code}\t\t\t", f"Giải thể\t{office.code}\t\tkhông\tkhông")
    lines = [
        line.split("\t") if not line.startswith("Chuyển") else _to(line.split("\t"), province.code)
        for line in text.splitlines()
    ]
    asked = {"text": "\n".join("\t".join(line) for line in lines), "day": FIRST}
    seen = office_client.post(page, asked | {"check": "1"})
    assert "Ai duyệt được gì" in words(seen) and 'name="save"' in seen.text
    assert not Department.objects.exclude(valid_until=None).exists()
    wrong = office_client.post(page, asked | {"text": "Việc\tĐơn vị\nXóa\tTrường X", "save": "1"})
    assert "Không rõ việc “Xóa”" in words(wrong) and "Trường X" in wrong.text
    assert office_client.post(page, asked | {"save": "1"}).status_code == 302
    office.refresh_from_db()
    assert office.valid_until == date(2026, 11, 30)
    assert AuditEntry.objects.filter(action="Sắp xếp đơn vị").count() == 1


def _to(cells, code):
    cells[3] = cells[4] = code
    return cells


def test_units_without_a_manager_are_listed_and_moved_together(
    house, office_client, province, django_assert_max_num_queries
):
    _, schools = house
    DepartmentRelation.objects.filter(department__in=schools, kind="professional").update(
        valid_until=date(2026, 1, 1)
    )
    page = reverse("admin:departments_department_changelist") + "?tinh-trang=chua-co"
    with django_assert_max_num_queries(20):
        listed = office_client.get(page)
    assert set(listed.context["cl"].result_list) == set(schools)
    chosen = {"action": "move_units", "_selected_action": [school.pk for school in schools]}
    answer = office_client.post(page, chosen, follow=True)
    assert all(school.code in answer.context["form"]["text"].value() for school in schools)


def test_only_who_administers_units_opens_them(house, client, managing_editor, head, administrator):
    office, _ = house
    for user, status in ((managing_editor, 403), (head, 403), (administrator, 200)):
        client.force_login(user)
        for page in (reverse("admin:reform_table"), reverse("admin:reform_closing", args=[office.pk])):
            assert client.get(page).status_code == status
            assert client.post(page, {}).status_code == status
