"""Public pages of the register: what they say, what they never say, what they cost."""

import pytest
from django.urls import reverse

from approvals.enums import RecordStatus
from awards.models import Commendation
from tests.factories.awards import make_collective, make_commendation, make_decision, make_seed_decision

pytestmark = pytest.mark.django_db


def read(client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_the_list_shows_a_decision_with_its_rows_and_counts(client):
    make_seed_decision(number="1247/QĐ-SGDĐT")
    html = read(client, "/khen-thuong/")
    assert "1247/QĐ-SGDĐT" in html
    assert "2 tập thể, 5 cá nhân" in html
    assert "7 kết quả trong 1 quyết định" in html
