"""Who sees which rows, and what other rooms show of them."""

import pytest
from django.db import IntegrityError, transaction

from approvals.enums import RecordStatus
from awards.models import Commendation, Decision
from awards.models.decision import SHOWN_IN_A_BOX
from tests.factories.awards import make_collective, make_commendation, make_decision, make_seed_decision
from tests.factories.departments import make_school_year

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", RecordStatus.values)
def test_only_public_rows_are_public(status):
    decision = make_decision(status=status)
    row = make_commendation(decision)
    shown = status == RecordStatus.PUBLIC
    assert list(Decision.objects.public()) == [decision] * shown
    assert list(Commendation.objects.public()) == [row] * shown


def test_withdrawn_are_those_readers_once_saw():
    never = make_commendation(make_decision(status=RecordStatus.WITHDRAWN))
    once = make_commendation(
        make_decision(status=RecordStatus.DRAFTING, published_at="2017-11-09T00:00Z"),
        published_at="2017-11-09T00:00Z",
    )
    now = make_commendation(make_decision(published_at="2017-11-09T00:00Z"), published_at="2017-11-09T00:00Z")
    assert list(Commendation.objects.withdrawn()) == [once]
    assert list(Decision.objects.withdrawn()) == [once.decision]
    assert {never, now}.isdisjoint(Commendation.objects.withdrawn())


def test_drafts_are_seen_where_one_may_view_or_change(school, registrar, head, other_head, auditor):
    draft = make_commendation(make_decision(issuer=school, status=RecordStatus.DRAFTING))
    public = make_commendation(make_decision())
    for user, expected in (
        (registrar, {draft, public}),
        (head, {draft, public}),
        (auditor, {draft, public}),
        (other_head, {public}),
    ):
        assert set(Commendation.objects.visible_to(user)) == expected
        assert set(Decision.objects.visible_to(user)) == {row.decision for row in expected}


def test_a_school_year_takes_what_is_said_before_what_is_signed():
    year = make_school_year(2017)
    said = make_decision(school_year=year, signed_on="2018-09-10")
    elsewhere = make_decision(school_year=make_school_year(2016), signed_on="2017-11-08")
    signed = make_decision(signed_on="2018-08-31")
    outside = make_decision(signed_on="2018-09-01")
    assert set(Decision.objects.in_school_year(year)) == {said, signed}
    rows = {decision: make_commendation(decision) for decision in (said, elsewhere, signed, outside)}
    assert set(Commendation.objects.in_school_year(year)) == {rows[said], rows[signed]}


def test_a_number_stands_once_a_year_in_the_book_of_its_issuer(province):
    make_decision("1247/QĐ-SGDĐT", province, signed_on="2017-11-08")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_decision("1247/qd-sgd&đt", province, signed_on="2017-02-03", slug="khac")
    make_decision("1247/QĐ-SGDĐT", province, signed_on="2018-02-03")


def test_a_collective_is_no_pupil():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_collective(is_pupil=True)


def test_the_box_of_other_rooms_counts_its_rows_and_hides_withheld_names(django_assert_num_queries):
    decision = make_seed_decision()
    rows = decision.commendations.filter(recipient_kind="individual")
    hidden = rows.get(recipient_name="Trần Đức Mạnh")
    hidden.withheld_on = "2025-01-02"
    hidden.save()
    rows.filter(recipient_name="Lê Quốc Việt").update(
        revoked_on="2018-02-01", revocation_number="88/QĐ", revocation_reason="Khai sai"
    )
    with django_assert_num_queries(1):
        groups = decision.honour_groups()
    assert [(group["label"], group["more"]) for group in groups] == [("2 tập thể", ""), ("5 cá nhân", "")]
    hidden_one, revoked = groups[1]["recipients"][3:]
    assert (hidden_one["name"], hidden_one["url"], hidden_one["revoked_label"]) == ("T.Đ.M.", "", "")
    assert (revoked["name"], revoked["revoked_label"]) == ("Lê Quốc Việt", "Đã thu hồi")
    assert (revoked["title"], revoked["unit"]) == ("Giáo viên", "Trường THPT Chu Văn An")


def test_a_box_names_the_first_recipients_and_counts_the_others():
    decision = make_decision()
    for number in range(SHOWN_IN_A_BOX + 2):
        make_commendation(decision, f"Giáo viên {number}", position=number)
    [group] = decision.honour_groups()
    assert group["label"] == f"{SHOWN_IN_A_BOX + 2} cá nhân" and group["more"] == "và 2 cá nhân nữa"
    assert group["recipients"][-1]["name"] == f"Giáo viên {SHOWN_IN_A_BOX - 1}"
