"""The shipped figures by day, and rows of the office beside them."""

import datetime

import pytest

from fees.law.pack import load_new_pack, load_pack
from fees.models import FeeRate, FeeTerms, TaxRule

pytestmark = pytest.mark.django_db


def day(words):
    return datetime.datetime.strptime(words, "%d/%m/%Y").date()


def test_the_law_of_each_day_and_the_office_before_the_program():
    assert load_new_pack() == 1
    assert load_new_pack() == 0  # once for each version of the file
    thresholds = {
        words: TaxRule.objects.on(day(words)).first().threshold
        for words in ("01/10/2013", "30/06/2026", "01/07/2026", "01/01/2027")
    }
    assert thresholds == {
        "01/10/2013": 2_000_000,
        "30/06/2026": 2_000_000,
        "01/07/2026": 5_000_000,
        "01/01/2027": 5_000_000,
    }
    assert TaxRule.objects.on(day("30/09/2013")).first() is None
    highest = {rate.genre: rate.highest for rate in FeeRate.objects.on(day("31/08/2026"))}
    assert highest["Tin, trả lời bạn đọc"] == 10
    assert highest["Phóng sự, ký, phỏng vấn"] == 30
    assert highest["Trực tuyến, media"] == 50
    assert list(FeeRate.objects.on(day("01/09/2026"))) == []  # no national table any more
    assert FeeTerms.objects.on(day("31/08/2026")).first().percent_of_salary == 10
    assert FeeTerms.objects.on(day("01/09/2026")).first() is None

    own = {"valid_from": day("01/06/2014"), "document": "QĐ 12/QĐ-SGDĐT"}
    FeeTerms.objects.create(fixed_price=100_000, **own)
    FeeRate.objects.create(genre="Tin", measure="dong", highest=300_000, **own)
    assert FeeTerms.objects.on(day("15/08/2026")).first().fixed_price == 100_000
    assert FeeRate.objects.on(day("15/08/2026")).first().genre == "Tin"

    TaxRule.objects.filter(from_pack=True, valid_from=day("01/07/2026")).update(threshold=1)
    assert [line.partition(" ")[0] for line in load_pack()] == ["sửa"]
    assert TaxRule.objects.on(day("01/07/2026")).first().threshold == 5_000_000
    assert FeeTerms.objects.get(from_pack=False).fixed_price == 100_000
