from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from departments.enums import DepartmentKind, RelationKind
from departments.models import Department, Person, Position
from departments.naming import name_on
from tests.factories.departments import (
    make_department,
    make_person,
    make_position,
    make_relation,
    make_school_year,
    make_user,
)

LIST, ADD = "admin:departments_department_changelist", "admin:departments_department_add"
LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)


def change_url(row):
    return reverse(f"admin:departments_{row._meta.model_name}_change", args=[row.pk])


def typed(client, url):
    """What the form would send if nothing were changed."""
    context = client.get(url).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for name in form.fields:
            value = form[name].value()
            data[form.add_prefix(name)] = "" if value is None else value
    return {name: value for name, value in data.items() if not name.endswith("DELETE")}


def add_row(data, prefix, **values):
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return data | row | {f"{prefix}-TOTAL_FORMS": number + 1}


def refusals(response):
    found = [
        message
        for inline in response.context["inline_admin_formsets"]
        for errors in inline.formset.errors
        for messages in errors.values()
        for message in messages
    ]
    return found + [m for ms in response.context["adminform"].form.errors.values() for m in ms]


@pytest.fixture
def office(client, administrator):
    client.force_login(administrator)
    return client


# --- units ------------------------------------------------------------------------------------------


def test_a_new_unit_gets_its_name_and_address(office, province):
    data = typed(office, reverse(ADD)) | {
        "name": "Trường THPT Ea H’leo",
        "short_name": "THPT Ea H’leo",
        "kind": DepartmentKind.HIGH_SCHOOL,
        "code": "66001",
        "valid_from": "1985-09-05",
    }
    data = add_row(data, "relations", kind="professional", related=province.pk, valid_from="2000-01-01")
    response = office.post(reverse(ADD), data)
    assert response.status_code == 302, refusals(response)
    unit = Department.objects.get(code="66001")
    assert unit.slug == "truong-thpt-ea-hleo"
    name = unit.names.get()
    assert (name.name, name.valid_from, name.slug) == (unit.name, unit.valid_from, unit.slug)


def test_a_unit_is_renamed_in_one_form(office, school):
    data = typed(office, change_url(school)) | {"names-0-valid_until": "2025-06-30"}
    data = add_row(data, "names", name="Trường THPT số 1 Chu Văn An", valid_from="2025-07-01")
    response = office.post(change_url(school), data)
    assert response.status_code == 302, refusals(response)
    school.refresh_from_db()
    assert (school.name, school.slug) == ("Trường THPT số 1 Chu Văn An", "truong-thpt-so-1-chu-van-an")
    assert name_on(school, LAST) == "Trường THPT Chu Văn An"


def test_names_of_one_form_that_overlap_are_refused_at_the_row(office, school):
    data = typed(office, change_url(school)) | {"names-0-valid_until": "2025-07-01"}
    data = add_row(data, "names", name="Trường THPT số 1 Chu Văn An", valid_from="2025-07-01")
    response = office.post(change_url(school), data)
    assert len(refusals(response)) == 1
    assert "hai tên không được trùng ngày" in refusals(response)[0]
    assert response.context["inline_admin_formsets"][0].formset.forms[1].errors.keys() == {"valid_from"}
    assert school.names.count() == 1


def test_the_unit_above_is_changed_in_one_form(office, school, province):
    new = make_department("Sở mới", DepartmentKind.PROVINCE_OFFICE, valid_from=FIRST)
    data = typed(office, change_url(school))
    for number in range(2):
        data[f"relations-{number}-valid_until"] = "2025-06-30"
    data = add_row(data, "relations", kind="professional", related=new.pk, valid_from="2025-07-01")
    response = office.post(change_url(school), data)
    assert response.status_code == 302, refusals(response)
    assert school.relations.get(valid_until=None).related == new


def test_closing_a_unit_ends_what_was_open_and_says_how_much(office, school, head):
    data = typed(office, change_url(school)) | {"valid_until": "2025-06-30"}
    response = office.post(change_url(school), data, follow=True)
    assert "4 tên gọi, quan hệ, chức danh được ghi kết thúc theo" in response.content.decode()
    assert head.person.positions.get().valid_until == LAST
    assert set(school.relations.values_list("valid_until", flat=True)) == {LAST}


def test_units_are_never_deleted(office, school):
    assert office.post(reverse("admin:departments_department_delete", args=[school.pk])).status_code == 403
    office.post(reverse(LIST), {"action": "delete_selected", "_selected_action": [school.pk], "post": "yes"})
    assert Department.objects.filter(pk=school.pk).exists()


def test_those_who_may_only_look_cannot_change(client, head, school):
    client.force_login(head)
    assert client.get(change_url(school)).status_code == 200
    assert client.get(change_url(school)).context["has_change_permission"] is False
    assert client.post(change_url(school), {"valid_until": "2025-06-30"}).status_code == 403
    assert client.get(reverse(ADD)).status_code == 403


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("chu van an", ["Trường THPT Chu Văn An"]),
        ("trung học phổ thông CHU VĂN AN", ["Trường THPT Chu Văn An"]),
        ("ten cu", ["Trường THPT Tên Mới"]),
        ("66042", ["Trường THPT Tên Mới"]),
        ("khong co", []),
    ],
)
def test_units_are_found_by_any_name_without_marks(office, school, words, found):
    renamed = make_department("Trường THPT Tên Mới", code="66042", valid_from=FIRST)
    renamed.names.create(name="Trường THPT Tên Cũ", valid_from=date(2000, 1, 1), valid_until=LAST)
    result = office.get(reverse(LIST), {"q": words}).context["cl"].result_list
    assert [unit.name for unit in result] == found
    asked = {"app_label": "departments", "model_name": "position", "field_name": "department", "term": words}
    choices = office.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [choice["text"] for choice in choices] == found


def test_units_are_narrowed_by_kind_former_province_and_state(office, school, province):
    closed = make_department(
        "Phòng GD&ĐT Tuy Hòa",
        DepartmentKind.DISTRICT_OFFICE,
        former_province="Phú Yên (cũ)",
        valid_until=LAST,
    )
    for asked, found in (
        ({"tinh-trang": "da-ket-thuc"}, {closed}),
        ({"tinh-trang": "dang"}, {school, province}),
        ({"kind__exact": "high_school"}, {school}),
        ({"former_province": "Phú Yên (cũ)"}, {closed}),
    ):
        assert set(office.get(reverse(LIST), asked).context["cl"].result_list) == found


def test_a_unit_says_what_it_came_from(office, school):
    before = make_department("Trường Bổ túc", valid_until=LAST)
    make_relation(before, RelationKind.SUCCESSION, school, valid_from=FIRST, succession_kind="merge")
    page = office.get(change_url(school)).content.decode()
    assert "Trường Bổ túc</a> (Sáp nhập, 01/07/2025)" in page


@pytest.mark.parametrize("people", [1, 4])
def test_the_form_of_a_unit_costs_the_same_for_more_people(
    office, school, people, django_assert_max_num_queries
):
    for number in range(people):
        make_user(f"u{number}", Role.COLLABORATOR, school)
    with django_assert_max_num_queries(26):
        office.get(change_url(school))


def test_units_of_one_name_are_told_apart_in_look_ups(office, school):
    make_department(school.name, former_province="Phú Yên (cũ)")
    make_department(school.name, valid_until=LAST)
    asked = {"app_label": "departments", "model_name": "position", "field_name": "department"}
    found = office.get(reverse("admin:autocomplete"), asked | {"term": "chu van an"}).json()["results"]
    assert {choice["text"] for choice in found} == {
        "Trường THPT Chu Văn An",
        "Trường THPT Chu Văn An (Phú Yên (cũ))",
        "Trường THPT Chu Văn An (đến 30/06/2025)",
    }


def test_people_of_one_name_are_told_apart_by_their_posts(office, school, collaborator):
    make_person(collaborator.full_name)
    asked = {"app_label": "departments", "model_name": "position", "field_name": "person", "term": "lan"}
    found = office.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert {choice["text"] for choice in found} == {
        "Nguyễn Thị Lan",
        "Nguyễn Thị Lan (Giáo viên, cộng tác viên, Trường THPT Chu Văn An)",
    }


# --- people -----------------------------------------------------------------------------------------


def test_a_new_person_gets_a_position(office, school):
    url = reverse("admin:departments_person_add")
    data = typed(office, url) | {"full_name": "Y Phu Êban", "honorific": "thầy"}
    data = add_row(
        data,
        "positions",
        department=school.pk,
        title="Giáo viên",
        role="collaborator",
        valid_from="2026-01-01",
        order=10,
    )
    response = office.post(url, data)
    assert response.status_code == 302, refusals(response)
    assert Person.objects.get(full_name="Y Phu Êban").positions.get().department == school


def test_a_head_hands_over_in_one_form(office, school, head):
    successor = make_person("Phạm Thị Thu Hà")
    data = typed(office, change_url(school)) | {"positions-0-valid_until": "2026-07-31"}
    row = {"person": successor.pk, "title": "Hiệu trưởng", "role": "head", "order": 1}
    data = add_row(data, "positions", valid_from="2026-08-01", **row)
    response = office.post(change_url(school), data)
    assert response.status_code == 302, refusals(response)
    assert Position.objects.get(person=successor).role == Role.HEAD


def test_a_second_head_is_refused_by_name(office, school, head):
    successor = make_person("Phạm Thị Thu Hà")
    data = typed(office, change_url(successor))
    row = {"department": school.pk, "title": "Hiệu trưởng", "role": "head", "order": 1}
    response = office.post(change_url(successor), add_row(data, "positions", valid_from="2026-08-01", **row))
    assert (
        "Đơn vị đã có người đứng đầu từ 01/01/2000 đến nay: Trần Văn Minh, Hiệu trưởng"
        in refusals(response)[0]
    )


def test_the_same_role_twice_is_refused(office, school, collaborator):
    data = typed(office, change_url(collaborator.person))
    row = {"department": school.pk, "title": "Giáo viên", "role": "collaborator", "order": 1}
    data = add_row(data, "positions", valid_from="2026-08-01", **row)
    assert "đã giữ vai trò ấy" in refusals(office.post(change_url(collaborator.person), data))[0]


def test_nobody_gives_a_role_to_themselves(office, administrator, school):
    own = administrator.person
    for url, row in (
        (change_url(own), {"department": school.pk}),
        (change_url(school), {"person": own.pk}),
    ):
        row |= {"title": "Hiệu trưởng", "role": "head", "valid_from": "2026-08-01", "order": 1}
        response = office.post(url, add_row(typed(office, url), "positions", **row))
        assert "Không ai tự giao vai trò cho mình" in refusals(response)[0]
    assert own.positions.get().role == Role.ADMINISTRATOR


def test_nobody_lengthens_their_own_role(office, administrator):
    own = administrator.person
    own.positions.update(valid_until=timezone.localdate() + timedelta(days=1))
    data = typed(office, change_url(own)) | {"positions-0-valid_until": ""}
    assert "Không ai tự giao vai trò cho mình" in refusals(office.post(change_url(own), data))[0]


def test_nobody_takes_somebody_elses_posts_by_linking_their_account(office, administrator, school):
    principal = make_position(department=school, role=Role.HEAD).person
    data = typed(office, change_url(principal)) | {"user": administrator.pk}
    assert "Đã có" in refusals(office.post(change_url(principal), data))[0]


def test_a_superuser_may_do_what_nobody_else_can(client, school):
    user = make_user("chu", is_superuser=True)
    client.force_login(user)
    row = {
        "department": school.pk,
        "title": "Hiệu trưởng",
        "role": "head",
        "valid_from": "2026-08-01",
        "order": 1,
    }
    url = change_url(user.person)
    assert client.post(url, add_row(typed(client, url), "positions", **row)).status_code == 302


def test_positions_are_ended_not_deleted(office, collaborator):
    data = typed(office, change_url(collaborator.person)) | {"positions-0-DELETE": "on"}
    office.post(change_url(collaborator.person), data)
    assert collaborator.person.positions.count() == 1


def test_administrators_belong_to_the_province_office(office, school, collaborator):
    data = typed(office, change_url(collaborator.person)) | {"positions-0-role": "administrator"}
    assert refusals(office.post(change_url(collaborator.person), data)) == [
        "Vai trò Quản trị chỉ giao cho người của Sở."
    ]


def test_people_are_found_without_marks_and_sorted_by_given_name(office, collaborator, other_collaborator):
    url = reverse("admin:departments_person_changelist")
    assert [p.full_name for p in office.get(url, {"q": "y phu"}).context["cl"].result_list] == ["Y Phu Êban"]
    names = [person.full_name for person in office.get(url).context["cl"].result_list]
    assert names == ["Hoàng Văn Đức", "Nguyễn Thị Lan", "Y Phu Êban"]


@pytest.mark.parametrize("people", [1, 4])
def test_the_directory_costs_the_same_for_more_people(office, school, people, django_assert_max_num_queries):
    for number in range(people):
        make_user(f"u{number}", Role.COLLABORATOR, school)
    with django_assert_max_num_queries(14):
        office.get(reverse("admin:departments_person_changelist"))


def test_school_years_are_entered(office):
    year = make_school_year(2024)
    page = office.get(reverse("admin:departments_schoolyear_changelist")).content.decode()
    assert "2024–2025" in page
    data = {"first_year": 2025, "starts_on": "2025-09-01", "ends_on": "2025-08-31"}
    response = office.post(change_url(year), data)
    assert "Năm học phải kết thúc sau khi bắt đầu." in response.content.decode()


# --- delegation -------------------------------------------------------------------------------------


def test_a_head_lends_the_role_and_takes_it_back(client, head, collaborator):
    client.force_login(head)
    today = timezone.localdate().isoformat()
    url = reverse("admin:delegations")
    form = client.get(url).context["form"]
    assert list(form.fields["person"].queryset) == [collaborator.person]
    headship = head.person.positions.get()
    days = {"valid_from": today, "valid_until": today, "reason": "Đi công tác"}
    data = {"headship": headship.pk, "person": collaborator.person.pk} | days
    page = client.post(url, data, follow=True).content.decode()
    assert "Đã ủy quyền cho Nguyễn Thị Lan" in page
    lent = Position.objects.get(stands_in_for=headship)
    assert client.get(reverse("admin:delegation_end", args=[lent.pk])).status_code == 405
    client.post(reverse("admin:delegation_end", args=[lent.pk]))
    assert Position.objects.get(stands_in_for=headship).ended_on == timezone.localdate()
    page = client.get(url).content.decode()
    assert "Đang ủy quyền" not in page
    past = page[page.index("Đã qua") :]
    assert "Nguyễn Thị Lan" in past
    assert f"thu lại ngày {timezone.localdate():%d/%m/%Y}" in past
    assert "Đi công tác" in past


def test_a_head_of_two_units_lends_each_to_its_own_people(
    client, head, collaborator, other_school, other_collaborator
):
    make_position(head.person, other_school, Role.HEAD, title="Phụ trách trường")
    client.force_login(head)
    form = client.get(reverse("admin:delegations")).context["form"]
    assert [label for _, label in form.fields["headship"].choices] == [
        "Hiệu trưởng, Trường THPT Chu Văn An",
        "Phụ trách trường, Trường THPT Buôn Ma Thuột",
    ]
    assert set(form.fields["person"].queryset) == {collaborator.person, other_collaborator.person}
    today = timezone.localdate().isoformat()
    data = {
        "headship": head.person.positions.first().pk,
        "person": other_collaborator.person.pk,
        "valid_from": today,
        "valid_until": today,
        "reason": "Nghỉ phép",
    }
    errors = client.post(reverse("admin:delegations"), data).context["form"].errors
    assert errors == {"person": ["Chỉ ủy quyền cho người của đơn vị có tài khoản đang dùng."]}


def test_a_refused_delegation_keeps_what_was_typed(client, head, collaborator):
    client.force_login(head)
    data = {
        "headship": head.person.positions.get().pk,
        "person": collaborator.person.pk,
        "valid_from": "2020-01-01",
        "valid_until": "2020-01-02",
        "reason": "Nghỉ phép",
        "document": "01/GUQ",
    }
    response = client.post(reverse("admin:delegations"), data)
    assert response.context["form"].errors == {
        "valid_from": ["Ủy quyền bắt đầu từ hôm nay hoặc một ngày sau."]
    }
    assert 'value="01/GUQ"' in response.content.decode()


def test_a_delegate_lends_nothing_and_others_see_no_such_page(client, head, collaborator, administrator):
    today = timezone.localdate()
    headship = head.person.positions.get()
    lent = make_position(
        collaborator.person,
        headship.department,
        Role.HEAD,
        valid_from=today,
        valid_until=today,
        stands_in_for=headship,
    )
    client.force_login(collaborator)
    page = client.get(reverse("admin:delegations"))
    assert "chưa giữ chức danh đứng đầu" in page.content.decode()
    assert client.post(reverse("admin:delegation_end", args=[lent.pk])).status_code == 404
    client.force_login(administrator)
    assert client.get(reverse("admin:delegations")).status_code == 403
