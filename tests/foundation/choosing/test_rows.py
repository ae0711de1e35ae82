"""A form draws as many rows as were sent, whatever number it says."""

import re

import pytest
from django.contrib import admin

from foundation.choosing.rows import SentRows
from tests.foundation.choosing.test_boxes import admins

pytestmark = pytest.mark.django_db


def test_every_form_with_rows_counts_what_was_sent():
    with_rows = [one for one in admins() if issubclass(one, admin.options.InlineModelAdmin)]
    assert len(with_rows) > 8
    assert [one for one in with_rows if not issubclass(one.formset, SentRows)] == []


@pytest.mark.parametrize("said", ["4000", "1000000", "9" * 400])
def test_a_number_alone_makes_no_rows(said, client, administrator):
    client.force_login(administrator)
    words = {"full_name": "", "positions-TOTAL_FORMS": said, "positions-INITIAL_FORMS": "0"}
    words |= {"positions-0-title": "", "positions-2-title": "Tổ trưởng"}
    page = client.post("/admin/departments/person/add/", words)
    assert page.status_code == 200
    assert "Tổ trưởng" in page.text
    assert 'id="positions-1"' in page.text
    assert 'id="positions-2"' not in page.text


def test_rows_far_apart_are_drawn_one_after_another(client, administrator):
    client.force_login(administrator)
    words = {"full_name": "", "positions-TOTAL_FORMS": "4000", "positions-INITIAL_FORMS": "0"}
    words |= {f"positions-{number}-title": f"Chức thứ {number}" for number in (7, 3999, 2500)}
    page = client.post("/admin/departments/person/add/", words)
    found = re.findall(r'name="positions-(\d+)-title" value="Chức thứ (\d+)"', page.text)
    assert found == [("0", "7"), ("1", "2500"), ("2", "3999")]
    assert page.text.count("-title") < 40
