"""Everybody sees what is theirs, by school year, and nobody else's."""

import pytest
from django.urls import reverse

from tests.factories.articles import make_published
from tests.factories.awards import make_commendation, make_decision
from tests.factories.media import make_photo

pytestmark = pytest.mark.django_db


def test_each_person_sees_their_own_file_by_school_year(
    client, collaborator, head, other_collaborator, province
):
    make_published(collaborator, head, title="Ngày hội đọc sách")
    make_published(other_collaborator, title="Bài của trường khác")
    make_photo(uploaded_by=collaborator, caption="Sân trường buổi sáng")
    of_2017 = make_decision("1247/QĐ-SGDĐT", province, signed_on="2017-11-08")
    own = {"person": collaborator.person, "reward_amount": 760_000, "published_at": "2017-11-08T08:00Z"}
    make_commendation(of_2017, "Nguyễn Thị Lan", achievement="Công tác truyền thông", **own)
    make_commendation(
        make_decision("1302/QĐ-SGDĐT", province, signed_on="2018-03-08"),
        "Nguyễn Thị Lan",
        achievement="Dạy tốt",
        revoked_on="2018-05-01",
        revocation_number="9/QĐ",
        revocation_reason="Sai",
        **own,
    )
    make_commendation(of_2017, "Y Phu Êban", person=other_collaborator.person, achievement="Của người khác")
    address = reverse("admin:my_file")
    assert client.get(address).status_code == 302
    client.force_login(collaborator)
    page = client.get(address)
    text = page.text
    assert "no-store" in page["Cache-Control"]
    for said in ("Ngày hội đọc sách", "Sân trường buổi sáng", "Công tác truyền thông", "Dạy tốt"):
        assert said in text
    assert "Tiền thưởng: 1, 760.000 đồng" in text  # the annulled one is not paid
    assert "đã hủy bỏ theo quyết định 9/QĐ" in text
    assert text.index("Năm học 2017") < text.index("Công tác truyền thông")
    for hidden in ("Bài của trường khác", "Của người khác"):
        assert hidden not in text
    client.force_login(other_collaborator)
    text = client.get(address).text
    assert "Của người khác" not in text  # not published yet
    assert "Bài của trường khác" in text
