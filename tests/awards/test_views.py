"""Public pages of the register: what they say, what they never say, what they cost."""

import datetime

import pytest

from approvals.enums import RecordStatus
from awards.enums import IssuerLevel, RecipientKind
from awards.listing import DECISIONS_A_PAGE, ROWS_A_DECISION
from awards.models import Commendation, Decision
from awards.pages import ROWS_ON_A_PAGE
from departments.enums import RelationKind
from foundation.language.binding import bind
from tests.factories.awards import (
    SIGNED_ON,
    make_award_kind,
    make_collective,
    make_commendation,
    make_decision,
    make_seed_decision,
)
from tests.factories.departments import make_department, make_relation, make_school_year

pytestmark = pytest.mark.django_db

LIST = "/khen-thuong/"
HIDDEN = [RecordStatus.DRAFTING, RecordStatus.IN_REVIEW, RecordStatus.WITHDRAWN]


def read(client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def secret_decision(status):
    decision = make_decision(number="999/QĐ-MẬT", status=status, summary="Nội dung Hoa Quỳnh")
    return make_commendation(decision, "Phạm Dã Quỳ", achievement="Thành tích Bằng Lăng")


# --- the list ---------------------------------------------------------------------------------------


def test_the_list_shows_a_decision_with_its_rows_and_counts(client):
    decision = make_seed_decision(number="1247/QĐ-SGDĐT")
    html = read(client, LIST)
    assert 'Quyết định <span class="nb">1247/QĐ-SGDĐT</span>' in html
    assert "Ngày <time" in html
    assert "08/11/2017" in html
    assert f"<b>{bind('2 tập thể, 5 cá nhân')}</b>" in html
    assert "7 kết quả trong 1 quyết định" in html
    for row in decision.commendations.all():
        assert row.recipient_name.replace("&", "&amp;") in html
        assert f'href="/khen-thuong/xac-minh/{row.verify_code}/">{row.verify_code}</a>' in html
    assert html.index("Trường PTDTNT THCS huyện Lắk") < html.index("H’Nương Byă")


@pytest.mark.parametrize("status", HIDDEN)
def test_what_is_not_public_is_nowhere(status, client):
    row = secret_decision(status)
    make_commendation()
    for url in (LIST, f"{LIST}?ten=quy", f"{LIST}bang.csv", "/khen-thuong/xac-minh/"):
        response = client.get(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code == 200
        for word in ("999/QĐ-MẬT", "Hoa Quỳnh", "Dã Quỳ", "Bằng Lăng", row.verify_code):
            assert word not in body.decode()
    assert "Dã Quỳ" not in read(client, f"/khen-thuong/xac-minh/{row.verify_code}/", 404)
    read(client, row.decision.get_absolute_url(), 404)


def test_only_what_leads_to_public_rows_can_be_chosen(client, school):
    hidden = make_award_kind("Hình thức chưa công bố", IssuerLevel.UNIT)
    decision = make_decision(status=RecordStatus.DRAFTING, school_year=make_school_year(2019))
    make_commendation(decision, award_kind=hidden, department=school)
    html = read(client, LIST)
    assert "Hình thức chưa công bố" not in html
    assert "2019–2020" not in html
    assert school.name not in html


def test_the_register_is_narrowed_by_year_form_unit_and_name(client, school):
    year = make_school_year(2017)
    kind = make_award_kind("Lao động tiên tiến")
    said = make_decision(school_year=make_school_year(2016))
    make_commendation(said, "Trần Đức Mạnh")
    within = make_decision(signed_on=year.starts_on)
    make_commendation(within, "Nguyễn Thị Hồng Nhung", award_kind=kind, department=school)
    make_commendation(within, "H’Nương Byă")

    def shown(query: str) -> set[str]:
        html = read(client, f"{LIST}?{query}")
        return {name for name in ("Trần Đức Mạnh", "Nguyễn Thị Hồng Nhung", "H’Nương Byă") if name in html}

    assert shown("nam-hoc=2016") == {"Trần Đức Mạnh"}
    assert shown("nam-hoc=2017") == {"Nguyễn Thị Hồng Nhung", "H’Nương Byă"}
    assert shown("hinh-thuc=lao-dong-tien-tien") == {"Nguyễn Thị Hồng Nhung"}
    assert shown(f"don-vi={school.slug}") == {"Nguyễn Thị Hồng Nhung"}
    assert shown("ten=duc+manh") == {"Trần Đức Mạnh"}
    assert shown("ten=hnuong") == shown("ten=H'Nương") == shown("ten=h’nuong+bya") == {"H’Nương Byă"}
    assert shown("ten=uong") == set()
    assert shown("ten=%2B") == set()
    assert shown("nam-hoc=2017&ten=manh") == set()
    assert len(shown("nam-hoc=khong-co&hinh-thuc=x&don-vi=%00")) == 3


def test_nothing_found_says_what_to_do(client):
    make_commendation()
    html = read(client, f"{LIST}?ten=khong+ai")
    assert "Không có giấy khen nào khớp" in html
    assert "Không có kết quả nào" in html
    assert 'value="khong ai"' in html
    assert "noindex" in html


def test_a_long_decision_shows_its_first_rows_and_says_how_many(client):
    decision = make_decision()
    for place in range(ROWS_A_DECISION + 2):
        make_commendation(decision, f"Người thứ {place:02}", position=place)
    html = read(client, LIST)
    assert f">hiện {ROWS_A_DECISION} trong {ROWS_A_DECISION + 2}</a>" in html
    assert "Người thứ 09" in html
    assert "Người thứ 10" not in html
    assert "Người thứ 11" in read(client, decision.get_absolute_url())


def test_older_decisions_continue_by_key(client):
    start = datetime.date(2017, 1, 1)
    for day in range(DECISIONS_A_PAGE + 3):
        decision = make_decision(f"{day + 1:02}/QĐ-THU", signed_on=start + datetime.timedelta(day // 2))
        make_commendation(decision)
    first = client.get(LIST).context
    assert [group.decision.number for group in first["groups"]][:2] == ["13/QĐ-THU", "12/QĐ-THU"]
    second = client.get(LIST + first["page"].older_url)
    assert [group.decision.number for group in second.context["groups"]] == [
        "03/QĐ-THU",
        "02/QĐ-THU",
        "01/QĐ-THU",
    ]
    assert second.context["page"].older_url == ""
    assert "kết quả trong" not in second.content.decode()


@pytest.mark.parametrize("rows", [1, 4])
def test_the_list_costs_the_same_with_one_and_many(rows, client, django_assert_num_queries):
    client.get(LIST)  # the navigation is kept for a minute
    for _ in range(rows):
        make_seed_decision()
    client.get(LIST)  # the addresses of units too
    # years, forms, units (parts: tests/newsroom/test_costs.py); decisions with what they name; rows; totals
    with django_assert_num_queries(6):
        client.get(LIST)


# --- the decision -------------------------------------------------------------------------------------


def test_the_page_of_a_decision_says_who_signed_and_why(client):
    decision = make_seed_decision(number="1247/QĐ-SGDĐT", grounds="Luật Thi đua, khen thưởng")
    html = read(client, "/khen-thuong/quyet-dinh/1247-qd-sgddt-2017/")
    assert decision.get_absolute_url().endswith("/1247-qd-sgddt-2017/")
    assert "Lê Thị Thanh Xuân" in html
    assert "Phó Giám đốc – KT. (ký thay)" in html
    assert "Luật Thi đua, khen thưởng" in html
    assert bind("2 tập thể, 5 cá nhân") in html
    assert html.index(bind(">2 tập thể</h2>")) < html.index(bind(">5 cá nhân</h2>"))
    assert "Bản thể hiện, không thay bản gốc." in html
    assert html.count("<tbody>") == 2


def test_rewards_are_shown_only_where_the_decision_made_them_public(client):
    decision = make_decision()
    adult = make_commendation(decision, "Nông Văn Dền", reward_amount=710_000)
    make_collective(decision, "Tổ Toán", reward_amount=1_420_000)
    make_commendation(decision, "Em Lan", is_pupil=True, consent_asked=True, reward_amount=355_000)
    revoked = {"revoked_on": SIGNED_ON, "revocation_number": "9/QĐ", "revocation_reason": "Khai sai"}
    make_commendation(decision, "Người Bị Thu Hồi", reward_amount=711_000, **revoked)
    pages = (decision.get_absolute_url(), adult.get_absolute_url(), LIST)
    assert not any("710.000" in read(client, address) for address in pages)
    Decision.objects.update(shows_rewards=True)
    told = [read(client, address) for address in pages]
    assert all("710.000 đồng" in page for page in told)
    assert "Thưởng 1.420.000 đồng" in told[0]
    assert not any(sum_ in page for page in told for sum_ in ("355.000", "711.000"))


def test_a_pupil_is_shown_by_name_class_and_school(client):
    row = make_commendation(
        recipient_name="Lê Gia Bảo",
        recipient_title="Lớp 5A",
        unit_name="Trường Tiểu học Y Jút",
        is_pupil=True,
        consent_asked=True,
    )
    html = read(client, row.decision.get_absolute_url())
    assert "Lớp 5A, Trường Tiểu học Y Jút" in html
    assert "Bảo vệ học sinh." in html
    verified = read(client, row.get_absolute_url())
    assert "<dt>Lớp</dt><dd>Lớp 5A</dd>" in verified
    assert "<dt>Trường</dt><dd>Trường Tiểu học Y Jút</dd>" in verified


def test_a_withheld_name_shows_initials_everywhere(client):
    row = make_commendation(recipient_name="Lê Gia Bảo", is_pupil=True, withheld_on="2025-01-02")
    for url in (LIST, row.decision.get_absolute_url(), row.get_absolute_url()):
        html = read(client, url)
        assert "L.G.B." in html
        assert "Gia Bảo" not in html
    assert "Gia Bảo" not in table(client)
    assert "L.G.B." not in read(client, f"{LIST}?ten=gia+bao")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_decision_costs_the_same_with_one_and_many(rows, client, django_assert_num_queries):
    client.get(LIST)
    decision = make_decision()
    for number in range(rows):
        make_commendation(decision, f"Người {number}")
        make_collective(decision, f"Tổ {number}")
    client.get(decision.get_absolute_url())  # the addresses of units are kept for a minute
    with django_assert_num_queries(5):  # decision, rows, the issuer’s names, who handed over, stories
        client.get(decision.get_absolute_url())


def test_the_issuer_is_named_as_on_the_day_of_signing(client, province):
    province.names.update(valid_until="2020-12-31")
    province.names.create(name="Sở Giáo dục Đắk Lắk mới", valid_from="2021-01-01")
    province.name = "Sở Giáo dục Đắk Lắk mới"
    province.save()
    html = read(client, make_commendation(make_decision(issuer=province)).decision.get_absolute_url())
    assert "Sở Giáo dục và Đào tạo Đắk Lắk" in html
    assert "Sở Giáo dục Đắk Lắk mới" not in html


# --- the table ----------------------------------------------------------------------------------------


def table(client, query: str = "") -> str:
    response = client.get(f"{LIST}bang.csv{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="bang-vang-khen-thuong.csv"'
    return b"".join(response.streaming_content).decode()


def test_the_table_holds_what_the_filters_let_through(client):
    row = make_commendation(
        make_decision("1247/QĐ-SGDĐT"), "Trần Đức Mạnh", recipient_title="Phó Hiệu trưởng"
    )
    make_commendation(recipient_name="Lê Quốc Việt")
    lines = table(client, "?ten=manh").splitlines()
    assert lines[0].startswith("\ufeffSố quyết định,Ngày ký,")
    assert lines[1:] == [
        "1247/QĐ-SGDĐT,08/11/2017,Sở Giáo dục và Đào tạo Đắk Lắk,Giấy khen,Cá nhân,"
        "Trần Đức Mạnh,Phó Hiệu trưởng,,"
        f'"{row.decision.summary}",{row.verify_code},Còn hiệu lực'
    ]


@pytest.mark.parametrize("lead", ["=", "+", "-", "@"])
def test_no_cell_of_the_table_is_a_formula(lead, client):
    make_commendation(recipient_name=f"{lead}1+cmd|' /C calc'!A0", unit_name=f"{lead}SUM(A1)")
    text = table(client)
    assert f",'{lead}1+cmd" in text
    assert f",'{lead}SUM(A1)," in text


def test_the_table_costs_one_query(client, django_assert_num_queries):
    for _ in range(3):
        make_seed_decision()
    with django_assert_num_queries(4):  # three for the filters
        table(client)


def test_units_of_one_name_are_told_apart_by_address(client):
    twins = [make_department("Trường THPT Nguyễn Huệ", slug=f"nguyen-hue-{n}") for n in (1, 2)]
    for number, unit in enumerate(twins):
        make_commendation(recipient_name=f"Người {number}", department=unit)
    html = read(client, f"{LIST}?don-vi=nguyen-hue-2")
    assert "Người 1" in html
    assert "Người 0" not in html


def test_a_unit_shows_what_it_carries_on(client, school):
    former = make_department("Trường THPT bán công", valid_until=datetime.date(2018, 6, 30))
    make_relation(former, RelationKind.SUCCESSION, school, valid_from=datetime.date(2018, 7, 1))
    make_commendation(recipient_name="Trần Đức Mạnh", department=former)
    make_commendation(recipient_name="Lê Quốc Việt")
    html = read(client, f"{LIST}?don-vi={school.slug}")
    assert f'<option value="{school.slug}" selected>' in html
    assert "Trần Đức Mạnh" in html
    assert "Lê Quốc Việt" not in html


# --- decisions of many -----------------------------------------------------------------------------


def decision_of_many(count, **fields):
    decision, kind = make_decision(**fields), make_award_kind()
    rows = [
        Commendation(
            decision=decision,
            award_kind=kind,
            recipient_kind=RecipientKind.INDIVIDUAL if number else RecipientKind.COLLECTIVE,
            recipient_name=f"Giáo viên {number}" if number else "Tổ Toán",
            position=number,
        )
        for number in range(count)
    ]
    Commendation.objects.bulk_create(rows)
    return decision


def test_a_decision_of_many_is_read_page_by_page(client):
    decision = decision_of_many(ROWS_ON_A_PAGE + 2)
    url = decision.get_absolute_url()
    first, second = read(client, url), read(client, f"{url}?trang=2")
    assert "Tổ Toán" in first and f"Giáo viên {ROWS_ON_A_PAGE - 1}\n" in first
    assert f'href="{url}?trang=2"' in first and "trang 1 trong 2" in first
    assert f"Giáo viên {ROWS_ON_A_PAGE + 1}\n" in second and "Tổ Toán" not in second
    assert f'href="{url}"' in second and "noindex" in second
    counted = bind(f"1 tập thể, {ROWS_ON_A_PAGE + 1} cá nhân")
    assert counted in first and counted in second  # the whole decision, on each of its pages
    for spelling in ("1", "3", "02", "x"):
        read(client, f"{url}?trang={spelling}", 404)


def test_three_hundred_recipients_stand_on_one_page(client):
    page = read(client, decision_of_many(ROWS_ON_A_PAGE).get_absolute_url())
    assert f"Giáo viên {ROWS_ON_A_PAGE - 1}\n" in page and "trang=" not in page


@pytest.mark.parametrize("status", HIDDEN)
def test_no_page_of_a_hidden_decision_shows_a_row(client, status):
    decision = decision_of_many(ROWS_ON_A_PAGE + 1, status=status)
    for page in ("", "?trang=2"):
        answer = client.get(decision.get_absolute_url() + page)
        assert answer.status_code in (404, 410) and "Giáo viên" not in answer.text
