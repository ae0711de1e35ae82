"""Saving outside a test's own transaction, as the server does: the forms lock what they write."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rounds.models import Proposal, Round
from tests.factories.rounds import make_proposal, make_round


def round_fields(round_, **more):
    """The form of a round as it stands."""
    kind = round_.awards.get().award_kind_id
    words = {
        "title": round_.title,
        "host": round_.host_id,
        "regime": "usual",
        "criteria": round_.criteria,
        "achievement": round_.achievement,
        "deadline": f"{timezone.localtime(round_.deadline):%Y-%m-%dT%H:%M}",
        "counted_from": f"{round_.counted_from:%Y-%m-%d}",
        "counted_until": f"{round_.counted_until:%Y-%m-%d}",
        "months_between": "12",
        "files_kept_days": "365",
        "seen_version": round_.version,
        f"award{kind}-is_used": "on",
        f"award{kind}-quorum": "two_thirds",
        f"award{kind}-threshold": "70",
        f"award{kind}-vote_base": "present",
    }
    return words | more


@pytest.mark.django_db(transaction=True)
def test_a_letter_and_a_round_are_saved_on_both_databases(province, school, registrar, head):
    round_ = make_round(province, opened_by=registrar)
    proposal = make_proposal(round_, school, "Y Wang Niê", by=head)
    unit, office = Client(raise_request_exception=True), Client()
    unit.force_login(head)
    office.force_login(registrar)
    letter = {"letter_number": "12/TTr-CVA", "words": "Kính đề nghị", "seen_version": proposal.version}
    assert unit.post(reverse("admin:round_proposal", args=[proposal.pk]), letter).status_code == 302
    assert Proposal.objects.get().letter_number == "12/TTr-CVA"
    page = reverse("admin:round_edit", args=[round_.pk])
    answer = office.post(page, round_fields(round_, title="Đợt khen đã sửa"))
    assert answer.status_code == 302
    now = Round.objects.get()
    assert (now.title, now.status, now.version) == ("Đợt khen đã sửa", "open", round_.version + 1)
    stale = office.post(page, round_fields(round_, title="Bản cũ"))
    assert "vừa lưu hoặc chuyển bước" in stale.text
    assert Round.objects.get().title == "Đợt khen đã sửa"
