"""Sums in words, as an accountant reads them."""

import pytest

from foundation.language.spoken import say_dong


def test_sums_are_said_as_on_a_payment_list():
    said = {
        0: "Không đồng",
        5: "Năm đồng",
        15: "Mười lăm đồng",
        21: "Hai mươi mốt đồng",
        105: "Một trăm linh năm đồng",
        760_000: "Bảy trăm sáu mươi nghìn đồng",
        1_520_000: "Một triệu năm trăm hai mươi nghìn đồng",
        2_005_000: "Hai triệu không trăm linh năm nghìn đồng",
        3_800_011: "Ba triệu tám trăm nghìn không trăm mười một đồng",
        1_000_000_000: "Một tỷ đồng",
        12_034_000_000: "Mười hai tỷ không trăm ba mươi bốn triệu đồng",
        10**12: "Một nghìn tỷ đồng",
    }
    assert {amount: say_dong(amount) for amount in said} == said
    for amount in (-1, 10**15):
        with pytest.raises(ValueError, match="cannot be said"):
            say_dong(amount)
