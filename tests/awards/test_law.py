"""The figures of the law ship with the program, follow its versions and never touch what was decided."""

import datetime
import importlib
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from awards.enums import RecipientKind
from awards.law import pack
from awards.models import AwardKind, BaseSalary, LawCheck, RewardRate
from awards.rewards import RewardTable, fill_rewards
from inbox.models import Notice
from tests.factories.awards import make_award_kind, make_commendation, make_decision

pytestmark = pytest.mark.django_db
PERSON, GROUP = RecipientKind.INDIVIDUAL, RecipientKind.COLLECTIVE
SALARIES = "/admin/awards/basesalary/"
OFFICE, COMMUNE = "Giấy khen", "Giấy khen của Chủ tịch UBND xã, phường"
PROVINCE, ADVANCED = "Bằng khen của Chủ tịch UBND tỉnh", "Tập thể lao động tiên tiến"


def amount(kind, who, day):
    found = RewardTable().suggest(AwardKind.objects.get(name=kind), who, datetime.date.fromisoformat(day))
    return found and found.amount


@pytest.mark.parametrize(
    ("day", "kind", "who", "dong"),
    [
        ("2017-09-30", OFFICE, PERSON, None),
        ("2017-11-08", OFFICE, PERSON, 390_000),
        ("2018-06-30", PROVINCE, PERSON, 1_300_000),
        ("2018-07-01", OFFICE, GROUP, 840_000),
        ("2019-06-30", OFFICE, GROUP, 840_000),
        ("2019-07-01", OFFICE, PERSON, 450_000),
        ("2020-11-20", ADVANCED, GROUP, 1_200_000),
        ("2022-08-20", COMMUNE, PERSON, 230_000),
        ("2023-06-30", PROVINCE, GROUP, 2_980_000),
        ("2023-07-01", OFFICE, PERSON, 540_000),
        ("2023-12-31", PROVINCE, PERSON, 1_800_000),
        ("2024-01-01", PROVINCE, PERSON, 2_700_000),
        ("2024-06-30", OFFICE, GROUP, 1_080_000),
        ("2024-07-01", OFFICE, PERSON, 710_000),
        ("2025-06-30", "Chiến sĩ thi đua cơ sở", PERSON, 2_340_000),
        ("2026-06-30", OFFICE, PERSON, 710_000),
        ("2026-07-01", OFFICE, PERSON, 760_000),
        ("2026-07-01", OFFICE, GROUP, 1_520_000),
        ("2026-11-30", COMMUNE, PERSON, 380_000),
        ("2026-11-30", COMMUNE, GROUP, 760_000),
        ("2026-11-30", PROVINCE, PERSON, 3_800_000),
        ("2026-11-30", PROVINCE, GROUP, 7_590_000),
        ("2026-11-30", ADVANCED, GROUP, 2_030_000),
        ("2026-11-30", "Chiến sĩ thi đua cơ sở", PERSON, 2_530_000),
        ("2026-11-30", ADVANCED, PERSON, None),
    ],
)
def test_the_sum_of_the_day(day, kind, who, dong):
    call_command("load_law", verbosity=0)
    assert amount(kind, who, day) == dong


def test_loading_twice_changes_nothing_and_each_row_names_its_document(capsys):
    call_command("load_law")
    assert "thêm 2530000 đồng từ 01/07/2026" in capsys.readouterr().out
    call_command("load_law")
    assert capsys.readouterr().out == "Xong: 0 thay đổi.\n"
    assert not RewardRate.objects.filter(document="").exists()
    assert LawCheck.objects.get().checked_on == datetime.date(2026, 11, 30)


def write_pack(tmp_path, monkeypatch, **changes):
    words = json.loads(Path(pack.PACK).read_text()) | changes
    (tmp_path / "pack.json").write_text(json.dumps(words))
    monkeypatch.setattr(pack, "PACK", tmp_path / "pack.json")


def test_a_new_version_corrects_its_own_rows_and_leaves_the_offices(tmp_path, monkeypatch):
    pack.load_pack()
    BaseSalary.objects.filter(valid_from="2024-07-01").update(amount=2_400_000, from_pack=False)
    BaseSalary.objects.create(valid_from="2027-07-01", amount=2_800_000, document="Nghị quyết của tỉnh")
    RewardRate.objects.filter(award_kind__name=ADVANCED).update(multiple=Decimal("0.6"))
    newer = [{"valid_from": "2027-01-01", "amount": 2_700_000, "document": "Nghị định mới"}]
    old = json.loads(Path(pack.PACK).read_text())["base_salaries"]
    write_pack(tmp_path, monkeypatch, checked_on="2027-01-05", base_salaries=old + newer)
    assert pack.load_new_pack() == 1
    assert pack.load_new_pack() == 0
    kept = dict(BaseSalary.objects.values_list("valid_from", "amount"))
    assert kept[datetime.date(2024, 7, 1)] == 2_400_000
    assert kept[datetime.date(2027, 1, 1)] == 2_700_000
    assert kept[datetime.date(2027, 7, 1)] == 2_800_000
    assert set(RewardRate.objects.filter(award_kind__name=ADVANCED).values_list("multiple", flat=True)) == {
        Decimal("0.8")
    }
    assert any("giữ dòng của cơ quan" in line for line in pack.load_pack())


def test_a_form_that_the_office_calls_otherwise_has_no_twin():
    pack.load_pack()
    AwardKind.objects.filter(name=OFFICE).update(name="Giấy khen của Giám đốc Sở")
    LawCheck.objects.all().delete()
    assert pack.load_new_pack() == 1
    assert not AwardKind.objects.filter(name=OFFICE).exists()
    assert amount("Giấy khen của Giám đốc Sở", PERSON, "2026-11-30") == 760_000


def test_a_decision_already_signed_keeps_its_sums(tmp_path, monkeypatch):
    pack.load_pack()
    decision = make_decision(signed_on=datetime.date(2026, 9, 5))
    row = make_commendation(decision, award_kind=AwardKind.objects.get(name=OFFICE))
    fill_rewards(decision)
    other = [{"valid_from": "2026-07-01", "amount": 9_999_990, "document": "Nghị định đính chính"}]
    write_pack(tmp_path, monkeypatch, checked_on="2026-12-05", base_salaries=other)
    assert pack.load_new_pack() == 1
    row.refresh_from_db()
    assert (row.reward_amount, amount(OFFICE, PERSON, "2026-09-05")) == (760_000, 3_000_000)


def test_rows_of_the_first_version_follow_and_changed_ones_stay():
    kind, other = make_award_kind(ADVANCED), make_award_kind(OFFICE)
    words = {"valid_from": "2024-01-01", "document": "Nghị định 98/2023/NĐ-CP, cần đối chiếu"}
    RewardRate.objects.create(award_kind=kind, recipient_kind=GROUP, multiple="0.6", **words)
    RewardRate.objects.create(award_kind=other, recipient_kind=PERSON, multiple="0.4", **words)
    importlib.import_module("awards.migrations.0005_figures_of_the_law").mark_shipped_rows(apps, None)
    pack.load_pack()
    assert amount(ADVANCED, GROUP, "2024-08-01") == 1_880_000
    assert amount(OFFICE, PERSON, "2024-08-01") == 940_000


def test_the_registrar_sees_and_says_when_the_figures_were_compared(client, registrar, auditor):
    pack.load_pack()
    client.force_login(registrar)
    html = client.get(SALARIES).content.decode()
    assert "đến ngày <strong>30/11/2026</strong> (bộ dữ liệu kèm chương trình)" in " ".join(html.split())
    assert "Kèm chương trình" in html
    assert "đã đối chiếu</button>" in html
    LawCheck.objects.update(checked_on="2026-01-01")
    answer = client.post(f"{SALARIES}da-doi-chieu/", follow=True)
    assert f"{timezone.localdate():%d/%m/%Y}" in answer.content.decode()
    client.force_login(auditor)
    assert "đã đối chiếu</button>" not in client.get(SALARIES).content.decode()
    assert client.post(f"{SALARIES}da-doi-chieu/").status_code == 403
    assert LawCheck.objects.filter(checked_by=registrar).count() == 1


def test_a_row_changed_by_hand_is_the_offices_own(client, registrar):
    pack.load_pack()
    client.force_login(registrar)
    row = BaseSalary.objects.get(valid_from="2026-07-01")
    same = {"valid_from": "01/07/2026", "amount": "2530000", "document": row.document}
    client.post(f"{SALARIES}{row.pk}/change/", same)
    assert BaseSalary.objects.get(pk=row.pk).from_pack
    client.post(f"{SALARIES}{row.pk}/change/", same | {"amount": "2600000"})
    row.refresh_from_db()
    assert (row.amount, row.from_pack) == (2_600_000, False)


def test_who_may_change_the_figures_is_reminded_once_a_half_year(registrar, collaborator):
    assert pack.remind_of_check() == 0
    long_ago = timezone.localdate() - datetime.timedelta(days=190)
    LawCheck.objects.create(checked_on=long_ago)
    assert (pack.remind_of_check(), pack.remind_of_check()) == (1, 0)
    assert Notice.objects.get().recipient == registrar
    LawCheck.objects.create(checked_on=timezone.localdate(), checked_by=registrar)
    Notice.objects.all().delete()
    assert pack.remind_of_check() == 0
