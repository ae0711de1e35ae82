"""Codes are unguessable, readable aloud and forgiving of how they are typed."""

import math
import re

import pytest
from django.core.cache import caches

from awards import codes
from awards.codes import Reading, new_code, normalise, read_code
from identity.models import SiteIdentity
from tests.factories.awards import make_commendation
from tests.factories.identity import make_identity

SHAPE = re.compile(r"[A-Z]{2}[0-9]{2}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")


def test_a_code_has_forty_random_bits_and_the_printed_shape():
    made = {new_code(2017) for _ in range(500)}
    assert len(made) == 500
    assert all(SHAPE.fullmatch(code) and code.startswith("GK17-") for code in made)
    assert len(codes.ALPHABET) == len(set(codes.ALPHABET)) == 32
    assert 8 * math.log2(len(codes.ALPHABET)) >= 40


@pytest.mark.parametrize(
    "typed",
    [
        "DL17-7K3M-9QXP",
        "dl17-7k3m-9qxp",
        " DL17 7K3M 9QXP ",
        "dl177k3m9qxp",
        "ĐL17–7K3M–9QXP",
        "DL17.7k3m.9qxp",
    ],
)
def test_case_spaces_and_dashes_do_not_matter(typed):
    assert read_code(typed) == Reading("DL17-7K3M-9QXP")


def test_letters_taken_for_figures_are_read_and_told():
    assert read_code("DL17-O412-9QXP") == Reading(
        "DL17-0412-9QXP", "Mã không có chữ O. Có phải bạn muốn gõ số 0: DL17-0412-9QXP?"
    )
    assert read_code("DL17-I4L2-9QXP").hint == "Mã không có chữ I. Có phải bạn muốn gõ số 1: DL17-1412-9QXP?"
    assert normalise("dl17-o412-9qxp") == "DL17-0412-9QXP"
    assert normalise("D117-0412-9QXP") == "DL17-0412-9QXP"


@pytest.mark.parametrize(
    "typed", ["", "DL17", "DL17-0412", "DL17-7K3M-9QXU", "DL17-7K3M-9QXPP", "1247/QĐ-SGDĐT"]
)
def test_what_is_no_code_is_not_guessed(typed):
    assert normalise(typed) is None


@pytest.mark.django_db
def test_a_code_is_given_once_when_the_row_is_first_saved():
    before = make_identity(code_prefix="DL")
    row = make_commendation()
    given = row.verify_code
    assert SHAPE.fullmatch(given)
    assert given.startswith("DL17-")
    SiteIdentity.objects.filter(pk=before.pk).update(code_prefix="BN")
    caches["default"].clear()
    row.recipient_name = "H’Nương Byă"
    row.save()
    row.refresh_from_db()
    assert row.verify_code == given
    assert make_commendation(row.decision, "Lê Văn Nam").verify_code.startswith("BN17-")


@pytest.mark.django_db
def test_bulk_rows_get_codes_too_and_never_a_taken_one(monkeypatch):
    first = make_commendation()
    offered = iter([first.verify_code, "DL17-AAAA-AAAA", "DL17-BBBB-BBBB"])
    monkeypatch.setattr("awards.fields.new_code", lambda year: next(offered))
    rows = [
        type(first)(
            decision=first.decision,
            award_kind=first.award_kind,
            recipient_kind="individual",
            recipient_name=name,
        )
        for name in ("Y Thuyên Kbuôr", "Lê Quốc Việt")
    ]
    type(first).objects.bulk_create(rows)
    assert [row.verify_code for row in rows] == ["DL17-AAAA-AAAA", "DL17-BBBB-BBBB"]
