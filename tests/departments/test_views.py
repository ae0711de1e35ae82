from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accounts.roles import Role
from approvals.enums import RecordStatus
from departments.enums import DepartmentKind as Kind
from departments.enums import RelationKind as Relation
from tests.factories.articles import make_draft, make_published, submit, withdraw
from tests.factories.awards import make_collective, make_commendation, make_decision
from tests.factories.departments import (
    make_department,
    make_person,
    make_position,
    make_relation,
    make_school_year,
    make_user,
    rename,
)
from tests.factories.events import make_event

LIST = "departments:department_list"
LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)
DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def merge(before, after, day=FIRST, kind="merge"):
    before.valid_until = day - DAY
    before.save()
    make_relation(before, Relation.SUCCESSION, after, valid_from=day, succession_kind=kind)


# --- the page of a unit -----------------------------------------------------------------------------


def test_a_unit_shows_its_stories_newest_first(client, school, collaborator, head):
    pages = [make_published(collaborator, head, title=f"Tin số {number}") for number in range(8)]
    response = client.get(school.get_absolute_url())
    assert [story.pk for story in response.context["stories"]] == [page.pk for page in reversed(pages)][:6]
    assert "Cả 8 tin" in response.content.decode()
    assert pages[-1].get_absolute_url() in response.content.decode()


def test_what_is_not_live_is_nowhere_on_the_pages(client, school, collaborator, head):
    make_draft(collaborator, title="Bản thảo bí mật", lead="Mật", body="<p>Mật</p>")
    submit(make_draft(collaborator, title="Bản chờ duyệt bí mật"), collaborator)
    withdraw(make_published(collaborator, head, title="Bài đã gỡ bí mật"), head)
    make_commendation(
        make_decision(status=RecordStatus.DRAFTING), "Người được khen bí mật", department=school
    )
    stories = reverse("departments:department_stories", args=[school.slug])
    for url in (school.get_absolute_url(), stories, reverse(LIST)):
        assert "bí mật" not in read(client, url)


def test_stories_of_other_units_are_not_shown(client, other_school, collaborator, head):
    make_published(collaborator, head, title="Tin trường bạn")
    assert "Tin trường bạn" not in read(client, other_school.get_absolute_url())


def test_people_in_post_today_are_named_with_their_days(client, school, head, today):
    deputy = make_person("Y Sĩ Niê")
    make_position(deputy, school, title="Phó Hiệu trưởng", valid_from=date(2017, 2, 1))
    make_position(deputy, school, title="Bí thư Đoàn trường", valid_from=date(2018, 3, 1))
    make_position(make_person("Người đã nghỉ"), school, title="Kế toán", valid_until=today - DAY)
    make_position(make_person("Người sắp đến"), school, title="Thư viện", valid_from=today + DAY)
    make_user("qt", Role.AUDITOR, school, full_name="Người kiểm tra")
    page = read(client, school.get_absolute_url())
    assert "Phó Hiệu trưởng, từ 02/2017; Bí thư Đoàn trường, từ 03/2018" in page
    assert '<span class="av" aria-hidden="true">SN</span>' in page
    assert "Hiệu trưởng, từ 01/2000" in page
    assert page.index("Trần Văn Minh") < page.index("Y Sĩ Niê")
    for absent in ("Người đã nghỉ", "Người sắp đến", "Người kiểm tra"):
        assert absent not in page


def test_a_unit_says_under_whom_it_stands_today(client, school, province):
    ward = make_department("Phường Buôn Ma Thuột", Kind.LOCALITY)
    make_relation(school, Relation.LOCATION, ward, document="chờ văn bản")
    former = make_department("Sở cũ", Kind.PROVINCE_OFFICE, valid_until=LAST)
    make_relation(make_department("Trường khác"), Relation.PROFESSIONAL, former, valid_until=LAST)
    relations = client.get(school.get_absolute_url()).context["relations_now"]
    assert [(row["label"], row["name"], row["is_undecided"]) for row in relations] == [
        ("Trực thuộc", province.name, False),
        ("Hướng dẫn chuyên môn", province.name, False),
        ("Địa bàn", "Phường Buôn Ma Thuột", True),
    ]


def test_contacts_are_shown_and_empty_boxes_are_not(client, school):
    assert 'id="lien-he"' not in read(client, school.get_absolute_url())
    school.address, school.phone, school.email = "1 Lê Duẩn", "0262 385 0000", "cva@vidu.example"
    school.save()
    page = read(client, school.get_absolute_url())
    assert 'href="tel:02623850000"' in page
    assert 'href="mailto:cva@vidu.example"' in page
    assert "Xem bản đồ" in page
    assert "Tin của đơn vị" not in page
    assert "Khen thưởng</h2>" not in page


def test_names_are_told_with_their_times_and_the_units_merged(client, db):
    evening = make_department("Trung tâm GDTX Ea Kar", Kind.CONTINUING_CENTRE, valid_from=date(1998, 1, 1))
    trade = make_department("Trung tâm Dạy nghề Ea Kar", Kind.CONTINUING_CENTRE, valid_from=date(2009, 1, 1))
    centre = make_department(
        "Trung tâm GDNN-GDTX huyện Ea Kar", Kind.CONTINUING_CENTRE, valid_from=date(2016, 7, 1)
    )
    for before in (evening, trade):
        merge(before, centre, date(2016, 7, 1))
        before.names.update(valid_until=date(2016, 6, 30))
    rename(centre, "Trung tâm GDNN-GDTX Ea Kar", FIRST, document="2101/QĐ-UBND")
    response = client.get(centre.get_absolute_url())
    assert [(era.years, era.name, era.is_now) for era in response.context["history"]] == [
        ("Từ 01/07/2025 đến nay", "Trung tâm GDNN-GDTX Ea Kar", True),
        ("2016 – 2025", "Trung tâm GDNN-GDTX huyện Ea Kar", False),
        ("2009 – 2016", "Trung tâm Dạy nghề Ea Kar", False),
        ("1998 – 2016", "Trung tâm GDTX Ea Kar", False),
    ]
    page = response.content.decode()
    words = " ".join(html.fromstring(page).text_content().split())
    assert "Sáp nhập: Trung tâm GDTX Ea Kar + Trung tâm Dạy nghề Ea Kar" in words
    assert "Theo 2101/QĐ-UBND." in page
    assert evening.get_absolute_url() in page
    assert (
        "Còn gọi trong tin cũ: Trung tâm GDNN-GDTX huyện Ea Kar; Trung tâm Dạy nghề Ea Kar; "
        "Trung tâm GDTX Ea Kar" in words
    )


def test_work_of_units_merged_is_gathered_and_of_units_split_is_not(client, school, other_school):
    merged, split = make_department("Trường Sáp Nhập"), make_department("Trường Chia Tách")
    for unit in (merged, split):
        writer = make_user(f"ctv-{unit.pk}", Role.COLLABORATOR, unit)
        make_published(writer, title=f"Tin của {unit.name}")
        make_commendation(make_decision(), f"Thầy ở {unit.name}", department=unit)
    merge(merged, school)
    merge(split, school, kind="split")
    merge(split, other_school, kind="split")
    page = read(client, school.get_absolute_url())
    assert "Tin của Trường Sáp Nhập" in page
    assert "Thầy ở Trường Sáp Nhập" in page
    assert "được gom về trang này" in page
    stories = read(client, reverse("departments:department_stories", args=[school.slug]))
    assert "Tin của Trường Sáp Nhập" in stories
    assert "Tin của Trường Chia Tách" not in page + stories


def test_a_closed_unit_keeps_its_page_and_names_its_successors(client, db):
    district = make_department("Phòng GD&ĐT TP. Tuy Hòa", Kind.DISTRICT_OFFICE)
    closed = make_department("UBND phường đã giải thể", Kind.PEOPLES_COMMITTEE)
    wards = [
        make_department(f"UBND phường {name}", Kind.PEOPLES_COMMITTEE) for name in ("Bình Kiến", "Phú Yên")
    ]
    for ward in (*wards, closed):
        merge(district, ward, kind="transfer")
    merge(closed, wards[1], date(2026, 1, 1))
    response = client.get(district.get_absolute_url())
    assert response.status_code == 200
    assert response.context["successors"] == wards
    make_school_year(timezone.localdate().year)
    page = read(client, district.get_absolute_url())
    assert "Đã kết thúc hoạt động 30/6/2025" in page
    assert "Năm học" not in page
    assert wards[1].get_absolute_url() in page


def test_a_closing_still_to_come_is_not_announced_as_done(client, school, today):
    school.valid_until = today
    school.save()
    assert "Đã kết thúc" not in read(client, school.get_absolute_url())


def test_commendations_are_the_public_ones_and_revoked_ones_say_so(client, school):
    decision = make_decision("1247/QĐ-SGDĐT")
    make_commendation(decision, "Lê Quốc Việt", department=school)
    make_commendation(
        decision,
        "Trần Bị Hủy",
        department=school,
        revoked_on=date(2018, 1, 1),
        revocation_number="01/QĐ",
        revocation_reason="Khai sai thành tích",
    )
    page = read(client, school.get_absolute_url())
    url = decision.get_absolute_url()
    assert f'<a href="{url}">Lê Quốc Việt</a> · Giấy khen' in page
    assert f'<s><a href="{url}">Trần Bị Hủy</a></s> · Đã thu hồi' in page
    assert f"?don-vi={school.slug}" in page


def test_a_pupils_page_shows_no_achievement_and_no_withheld_name(client, school):
    decision = make_decision()
    make_commendation(
        decision,
        "Nguyễn Thị Hoa",
        department=school,
        is_pupil=True,
        consent_asked=True,
        achievement="Hộ nghèo vượt khó",
    )
    make_commendation(decision, "Phạm Văn Kín", department=school, withheld_on=date(2026, 1, 1))
    page = read(client, school.get_absolute_url())
    assert "Nguyễn Thị Hoa" in page
    assert "Hộ nghèo" not in page
    assert "Phạm Văn Kín" not in page
    assert "P.V.K." in page


def test_the_school_year_is_counted(client, school, collaborator, head, today):
    year = make_school_year(today.year if today.month >= 9 else today.year - 1)
    make_published(collaborator, head)
    decision = make_decision(signed_on=year.starts_on)
    make_collective(decision, department=school)
    make_commendation(decision, department=school)
    make_commendation(make_decision(signed_on=year.starts_on - DAY), department=school)
    for status in (RecordStatus.PUBLIC, RecordStatus.DRAFTING):
        event = make_event(status=status, starts_at=timezone.now())
        event.participants.create(department=school)
    page = read(client, school.get_absolute_url())
    assert f'nam-hoc={year.first_year}&amp;don-vi={school.slug}">{year}</a></h2>' in page
    assert "<dt>Tin đã đăng</dt><dd>1</dd>" in page
    assert "<dt>Sự kiện tham dự</dt><dd>1</dd>" in page
    assert "<dt>Khen thưởng</dt><dd>1 tập thể, 1 cá nhân</dd>" in page


@pytest.mark.parametrize("rows", [1, 5])
def test_the_page_of_a_unit_costs_eleven_queries_whatever_it_holds(
    client, school, head, rows, django_assert_num_queries
):
    make_school_year(timezone.localdate().year)
    decision = make_decision()
    writer = make_user("viet", Role.COLLABORATOR, school)
    for number in range(rows):
        merge(make_department(f"Trường {number}"), school)
        make_position(make_person(), school, title="Giáo viên")
        make_commendation(decision, department=school)
        make_published(writer, head)
    client.get("/")  # the navigation is kept for a minute
    with django_assert_num_queries(11):
        read(client, school.get_absolute_url())


# --- addresses --------------------------------------------------------------------------------------


def test_an_old_address_leads_to_the_unit(client, school):
    rename(school, "Trường THPT số 1 Chu Văn An", FIRST)
    for part in ("", "tin/"):
        response = client.get(f"/don-vi/truong-thpt-chu-van-an/{part}")
        assert response.status_code == 301
        assert response["Location"] == f"/don-vi/truong-thpt-so-1-chu-van-an/{part}"
    assert client.get("/don-vi/khong-co/").status_code == 404


def test_the_unit_that_has_an_address_goes_before_one_that_had_it(client, school):
    other = make_department("Trường khác")
    other.names.update(slug=school.slug)
    assert client.get(school.get_absolute_url()).context["unit"] == school


def test_pages_are_read_not_written_to(client, school):
    for url in (reverse(LIST), school.get_absolute_url()):
        assert client.post(url).status_code == 405


# --- all stories of a unit --------------------------------------------------------------------------


def test_stories_are_read_page_by_page(client, school, collaborator, head):
    pages = [make_published(collaborator, head, title=f"Tin số {number}") for number in range(23)]
    url = reverse("departments:department_stories", args=[school.slug])
    first = client.get(url)
    assert [story.pk for story in first.context["stories"]] == [page.pk for page in pages[:2:-1]]
    second = client.get(url + first.context["page"].older_url)
    assert [story.pk for story in second.context["stories"]] == [page.pk for page in pages[2::-1]]
    assert second.context["page"].older_url == ""
    back = client.get(url + second.context["page"].newer_url)
    assert [story.pk for story in back.context["stories"]] == [page.pk for page in pages[:2:-1]]
    assert client.get(f"{url}?truoc=abc").context["page"].is_first


@pytest.mark.parametrize("stories", [1, 3])
def test_a_page_of_stories_costs_the_same(client, school, head, stories, django_assert_num_queries):
    writer = make_user("viet", Role.COLLABORATOR, school)
    for _ in range(stories):
        make_published(writer, head)
    page = reverse("departments:department_stories", args=[school.slug])
    read(client, page)  # the menu and the months are remembered from here on
    with django_assert_num_queries(3):
        read(client, page)


# --- the directory ----------------------------------------------------------------------------------


def test_units_stand_under_their_kind_and_closed_ones_apart(client, province, school, other_school):
    make_department("Phòng GD&ĐT Krông Pắc", Kind.DISTRICT_OFFICE, valid_until=LAST)
    make_department("Trường sắp mở", valid_from=date(2100, 1, 1))
    make_department("Phường Tân Lập", Kind.LOCALITY)
    context = client.get(reverse(LIST)).context
    assert [(group["title"], [unit["name"] for unit in group["units"]]) for group in context["groups"]] == [
        ("Sở GD&ĐT", [province.name]),
        ("Trường THPT", ["Trường THPT Buôn Ma Thuột", "Trường THPT Chu Văn An"]),
    ]
    assert [unit["name"] for unit in context["closed"]] == ["Phòng GD&ĐT Krông Pắc"]


@pytest.mark.parametrize("query", ["chu van an", "Chu Văn An", "trung hoc pho thong chu van an", "CHU VAN"])
def test_units_are_found_however_they_are_typed(client, school, other_school, query):
    groups = client.get(reverse(LIST), {"q": query}).context["groups"]
    assert [unit["name"] for group in groups for unit in group["units"]] == [school.name]


def test_a_unit_is_found_by_its_old_name_and_the_list_says_so(client, school):
    rename(school, "Trường THPT Đắk Mil", FIRST)
    page = read(client, reverse(LIST) + "?q=chu+van+an")
    assert "Trường THPT Đắk Mil" in page
    assert "Tên cũ: Trường THPT Chu Văn An" in page
    assert "Tên cũ" not in read(client, reverse(LIST) + "?q=dak+mil")


def test_words_of_two_names_do_not_make_a_match(client, school):
    rename(school, "Trường THPT Đắk Mil", FIRST)
    assert client.get(reverse(LIST), {"q": "chu mil"}).context["found"] == 0


def test_the_directory_is_narrowed_by_kind_and_former_province(client, province, school):
    east = make_department("Trường THPT Nguyễn Huệ", former_province="Phú Yên (cũ)")
    for asked, expected in (
        ({"loai": Kind.PROVINCE_OFFICE}, [province.name]),
        ({"tinh": "Phú Yên (cũ)"}, [east.name]),
        ({"loai": "khong-co"}, [province.name, school.name, east.name]),
    ):
        response = client.get(reverse(LIST), asked)
        groups = response.context["groups"]
        assert [unit["name"] for group in groups for unit in group["units"]] == expected
    page = read(client, reverse(LIST) + "?tinh=Ph%C3%BA+Y%C3%AAn+%28c%C5%A9%29")
    assert "Phú Yên (cũ)" in page
    assert 'content="noindex, follow"' in page


def test_long_groups_are_cut_and_say_how_many_there_are(client, db):
    for number in range(26):
        make_department(f"Trường THPT số {number:02}")
    group = client.get(reverse(LIST)).context["groups"][0]
    assert (len(group["units"]), group["more"]) == (24, "Cả 26 đơn vị")
    assert len(client.get(group["url"]).context["groups"][0]["units"]) == 26


def test_nothing_found_says_what_to_try(client, school):
    page = read(client, reverse(LIST) + "?q=khong+co+dau")
    assert "Không tìm thấy đơn vị nào" in page
    assert 'value="khong co dau"' in page


@pytest.mark.parametrize("units", [1, 6])
def test_the_directory_costs_the_same_for_more_units(client, db, units, django_assert_num_queries):
    for number in range(units):
        make_department(f"Trường THPT số {number}")
    client.get("/")
    with django_assert_num_queries(1):
        read(client, reverse(LIST))
    with django_assert_num_queries(2):
        read(client, f"{reverse(LIST)}?q=truong")


# --- as of a day, and what stands under it ----------------------------------------------------------


def test_a_former_day_shows_the_unit_as_it_was(client, school, province, head, today):
    """Name, owner, people, what stood under it, what was done until then; of today only a way back."""
    old = make_department("Ty Giáo dục Đắk Lắk", Kind.PROVINCE_OFFICE)
    school.relations.update(valid_from=LAST)
    make_relation(school, Relation.ADMINISTRATIVE, old, valid_until=LAST - DAY)
    make_position(make_person("Người đã nghỉ"), school, title="Hiệu trưởng", valid_until=LAST - DAY)
    rename(school, "Trường THPT Chu Văn An mới", FIRST)
    make_commendation(make_decision(signed_on=FIRST), "Được khen sau", department=school)
    address = f"{school.get_absolute_url()}?ngay=2024-03-01"
    response = client.get(address)
    page = response.content.decode()
    assert "Đơn vị vào ngày 1/3/2024." in page
    assert response.context["name"] == "Trường THPT Chu Văn An"
    assert [row["name"] for row in response.context["relations_now"]] == ["Ty Giáo dục Đắk Lắk"]
    assert "Người đã nghỉ" in page and "Được khen sau" not in page
    assert '<meta name="robots" content="noindex, follow">' in page
    now = read(client, school.get_absolute_url())
    assert "Người đã nghỉ" not in now and "Được khen sau" in now
    under = client.get(f"{old.get_absolute_url()}?ngay=2024-03-01").context["below"]
    assert [unit["name"] for unit in under[0]["kinds"][0]["units"]] == ["Trường THPT Chu Văn An"]
    assert client.get(old.get_absolute_url()).context["below"] == []
    for unread in ("hôm qua", "1999-12-31", today.isoformat(), "9999-01-01", "2024-02-30"):
        assert client.get(school.get_absolute_url(), {"ngay": unread}).context["asked"] is None, unread


def test_an_old_address_keeps_the_day(client, school):
    rename(school, "Trường THPT số 1 Chu Văn An", FIRST)
    answer = client.get("/don-vi/truong-thpt-chu-van-an/?ngay=2010-05-01")
    assert answer.headers["Location"] == "/don-vi/truong-thpt-so-1-chu-van-an/?ngay=2000-01-01"


def test_what_stands_under_a_unit_by_relation_and_kind_two_levels_deep(client, province, school):
    division = make_department("Phòng Tổ chức", Kind.OFFICE_DIVISION, parent=province)
    make_department("Tổ Một cửa", Kind.OTHER, parent=division)
    gone = make_department("Trường đã đóng", Kind.HIGH_SCHOOL, parent=province, valid_until=LAST)
    guided = make_department("Phòng GD&ĐT Krông Năng", Kind.DISTRICT_OFFICE)
    make_relation(guided, Relation.PROFESSIONAL, province)
    groups = client.get(province.get_absolute_url()).context["below"]
    told = [
        (group["title"], kind["label"], unit["name"], [one["name"] for one in unit["below"]])
        for group in groups
        for kind in group["kinds"]
        for unit in kind["units"]
    ]
    assert told == [
        ("Đơn vị trực thuộc", "Phòng thuộc Sở", "Phòng Tổ chức", ["Tổ Một cửa"]),
        ("Đơn vị trực thuộc", "Trường THPT", "Trường THPT Chu Văn An", []),
        ("Đơn vị được hướng dẫn chuyên môn", "Phòng GD&ĐT", "Phòng GD&ĐT Krông Năng", []),
    ]
    page = read(client, province.get_absolute_url())
    assert gone.get_absolute_url() not in page
    assert '<a href="/don-vi/?loai=high_school">Trường THPT</a>' in page
