"""What passes as a signed file, and what does not: every road that a forger has."""

import datetime
import io
import logging

import pikepdf
import pytest
from pyhanko.sign.fields import SigSeedSubFilter

from signing.checking.signatures import Trust, judge
from signing.checking.unchanged import changes_between
from tests.signing.authority import DAY, NOW, YEAR, Authority, authority, leaf, sign
from tests.signing.papers import SLIPS, altered, sheet

STAMP, SEAL = (600, 60, 760, 140), (560, 80, 640, 160)


@pytest.fixture(autouse=True, scope="module")
def quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def trust(*lists, now=None):
    return Trust(
        [authority().root_der], [authority().sub_der], [*lists], now or datetime.datetime.now(datetime.UTC)
    )


def person():
    return leaf("Lê Thị Thanh Xuân")


def agency():
    return leaf("Sở Giáo dục và Đào tạo Đắk Lắk")


def signed(data=None, **more):
    """Signed by the person, then by the agency, both visibly."""
    first = sign(data or sheet(), person(), box=STAMP, **more)
    return sign(first, agency(), box=SEAL, **more)


def test_a_file_signed_by_person_and_agency_passes():
    answer = judge(signed(), trust(), sheet())
    assert answer["problem"] == ""
    assert [one["name"] for one in answer["signatures"]] == [
        "Lê Thị Thanh Xuân",
        "Sở Giáo dục và Đào tạo Đắk Lắk",
    ]
    assert (len(answer["chain"]), answer["checked"]) == (4, False)
    assert judge(signed(), trust())["problem"] == ""  # also without knowing what was given out


def test_older_forms_of_signature_pass():
    data = sign(sheet(), person(), form=SigSeedSubFilter.ADOBE_PKCS7_DETACHED)
    answer = judge(data, trust(), sheet())
    assert (answer["problem"], answer["signatures"][0]["form"]) == ("", "/adbe.pkcs7.detached")


def test_what_is_slipped_in_before_signing_is_found():
    for name, slip in SLIPS.items():
        forged = signed(altered(sheet(), slip))
        assert forged.startswith(sheet()), name  # “our bytes are its exact beginning” proves nothing
        answer = judge(forged, trust(), sheet())
        assert (answer["code"], answer["signatures"]) == ("changed", []), name
        assert judge(forged, trust())["problem"] == "", name  # what was signed was signed properly


def test_what_is_slipped_in_between_two_signatures_or_after_them_is_found():
    half = sign(sheet(), person(), box=STAMP)
    for name, slip in SLIPS.items():
        between = sign(altered(half, slip), agency(), box=SEAL)
        after = altered(signed(), slip)
        for forged in (between, after):
            for known in (sheet(), None):
                assert judge(forged, trust(), known)["problem"], (name, known is None)


def test_a_damaged_cut_saved_or_strange_file_is_refused_in_words():
    good = signed()
    resaved = io.BytesIO()
    with pikepdf.open(io.BytesIO(good)) as pdf:
        pdf.save(resaved)
    at = good.index(b"/ByteRange")
    cases = {
        "cut": good[:-2000],
        "cut early": good[: len(sheet()) + 500],
        "a byte changed": good[: len(sheet()) + 40] + b"X" + good[len(sheet()) + 41 :],
        "our byte changed": good[:900] + bytes([good[900] ^ 1]) + good[901:],
        "bytes after": good + b"%junk\n",
        "saved again": resaved.getvalue(),
        "unsigned": sheet(),
        "no PDF": b"not a file",
        "empty": b"",
        "ranges swapped": good[:at] + good[at:].replace(b"/ByteRange [0 ", b"/ByteRange [1 ", 1),
        "another sheet's": signed(sheet("Nguyen Van Ba")),
    }
    for name, data in cases.items():
        answer = judge(data, trust(), sheet())
        assert (bool(answer["problem"]), answer["signatures"]) == (True, []), name
    for name in ("cut", "cut early", "bytes after", "saved again", "no PDF", "empty", "ranges swapped"):
        assert judge(cases[name], trust())["problem"], name


def test_signatures_of_strangers_do_not_count_nor_are_their_names_told():
    other = Authority()
    forger = other.leaf("Lê Thị Thanh Xuân")
    forged = sign(sign(sheet(), forger), agency())
    over = sign(signed(), forger)
    for data in (forged, over):
        answer = judge(data, trust(), sheet())
        assert "chứng thư không thuộc cơ quan cấp đã ghim" in answer["problem"]
        assert "Xuân" not in str(answer)
    nobody = Trust([], [], [], datetime.datetime.now(datetime.UTC))
    assert judge(signed(), nobody, sheet())["problem"]


def test_the_certificate_must_hold_at_a_moment_that_somebody_else_vouches_for():
    expired = authority().leaf("Lê Thị Thanh Xuân", begins=NOW - 2 * YEAR, ends=NOW - 30 * DAY)
    late = authority().leaf("Lê Thị Thanh Xuân", begins=NOW + 30 * DAY, ends=NOW + YEAR)
    for signer in (expired, late):
        assert "hạn vào lúc ký" in judge(sign(sheet(), signer), trust(), sheet())["problem"]
    then = NOW - 60 * DAY
    stamped = judge(sign(sheet(), expired, timestamper=authority().timestamper(then)), trust(), sheet())
    assert stamped["problem"] == ""
    assert stamped["signatures"][0]["stamped"] is True
    assert stamped["signatures"][0]["at"] == then.replace(microsecond=0).isoformat()
    # A timestamp of nobody's, or after the end, helps nothing.
    for stamp in (Authority().timestamper(then), authority().timestamper(NOW - 5 * DAY)):
        assert judge(sign(sheet(), expired, timestamper=stamp), trust(), sheet())["problem"]
    ahead = sign(sheet(), person(), timestamper=authority().timestamper(NOW + DAY))
    assert judge(ahead, trust(), sheet())["code"] == "future"


def test_weak_algorithms_do_not_count():
    assert judge(sign(sheet(), person(), digest="sha1"), trust(), sheet())["problem"]


def test_revocation_is_said_to_be_checked_only_when_it_was():
    data = signed()
    of_root, of_sub = authority().lists(leaf("Ai Khác"))
    for lists in ((), [of_root], [of_sub]):
        answer = judge(data, trust(*lists), sheet())
        assert (answer["problem"], answer["checked"]) == ("", False)
    answer = judge(data, trust(of_root, of_sub), sheet())
    assert (answer["problem"], answer["checked"]) == ("", True)
    for lists in (authority().lists(agency()), authority().lists(agency())[1:]):
        assert "đã bị thu hồi" in judge(data, trust(*lists), sheet())["problem"]
    old = trust(of_root, of_sub, now=NOW + 20 * DAY)  # lists that no longer hold say nothing
    assert judge(data, old, sheet())["checked"] is False


def test_a_stamp_covers_neither_the_page_nor_words_that_must_be_read():
    clear = [[0, 150, 300, 500, 380]]
    assert changes_between(sheet(), signed(), clear) == []
    for box, words in (((0, 0, 842, 595), "lớn quá"), ((160, 310, 260, 340), "đè lên chữ")):
        assert words in " ".join(changes_between(sheet(), sign(sheet(), person(), box=box), clear))
    many = sheet()
    for number in range(3):
        many = sign(many, person(), box=(300 * number, 0, 300 * number + 240, 290), field=f"K{number}")
    assert any("một phần tư" in said for said in changes_between(sheet(), many, []))
