"""The pages about the site: facts from the directory of today, nothing of yesterday's, one cookie form."""

import datetime

import pytest

from departments.enums import DepartmentKind
from tests.factories.departments import make_department
from tests.factories.identity import make_identity

pytestmark = pytest.mark.django_db
CONTACT, ABOUT, ACCESS = "/lien-he/", "/gioi-thieu/", "/tiep-can/"


def test_the_contacts_are_those_the_directory_holds_today(client, province):
    province.phone, province.email = "0262.000 0000", "so@vidu.example"
    province.save()
    division = DepartmentKind.OFFICE_DIVISION
    make_department("Văn phòng Sở", division, parent=province, phone="0262 000 0001")
    make_department("Phòng Không Số", division, parent=province)
    make_department("Văn phòng của Sở khác", division, phone="0257 000 0001")
    yesterday = datetime.date(2025, 6, 30)
    make_department("Phòng Giải Thể", division, province, phone="0262 000 0002", valid_until=yesterday)
    text = client.get(CONTACT).text
    for words in (
        province.name,
        'href="tel:02620000000"',
        "mailto:so@vidu.example",
        "Văn phòng Sở",
        "0262 000 0001",
    ):
        assert words in text
    for words in ("Phòng Không Số", "Văn phòng của Sở khác", "Phòng Giải Thể"):
        assert words not in text


def test_the_office_of_today_stands_behind_the_site(client, province):
    province.valid_until = datetime.date(2025, 6, 30)
    province.save()
    after = make_department(
        province.name,
        DepartmentKind.PROVINCE_OFFICE,
        valid_from=datetime.date(2025, 7, 1),
        functions="Quản lý nhà nước về giáo dục.",
    )
    text = client.get(ABOUT).text
    assert f'href="{after.get_absolute_url()}"' in text
    assert "Quản lý nhà nước về giáo dục." in text
    assert f'href="{province.get_absolute_url()}"' not in text


@pytest.mark.parametrize("address", [CONTACT, ABOUT, ACCESS])
def test_a_site_without_units_still_says_whom_to_write_to(client, address):
    assert "viết thư tới" in (nobody := client.get(address).text.lower()) or address == ABOUT
    assert "mailto:" not in nobody
    make_identity()
    assert "mailto:tintuc@binhnguyen.example" in client.get(address).text


def test_the_display_is_chosen_on_the_page_that_explains_it(client):
    text = client.get(ACCESS).text
    assert 'aria-label="Chỉnh cỡ chữ, nền trang"' in text
    client.post("/hien-thi/", {"chu": "rat-lon", "nen": "toi", "next": ACCESS})
    assert 'data-size="rat-lon"' in client.get(ACCESS).text


def test_every_page_leads_to_them_and_crawlers_are_told(client):
    home, sitemap = client.get("/").text, client.get("/sitemap-trang.xml").text
    for address in (CONTACT, ABOUT, ACCESS):
        assert f'href="{address}"' in home
        assert f"{address}</loc>" in sitemap
