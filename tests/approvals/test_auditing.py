"""The audit book: what goes in, that it is whole, that touching it shows."""

import io

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from django.urls import reverse

from approvals.auditing import MACHINE, audit_act, coming_from, repeat_log
from approvals.insert_only import FrozenRowError
from approvals.models import AuditEntry, Seal
from approvals.sealing import faults, head, seal_all
from newsroom.admin_site import NO_SUCH_NAME
from newsroom.turns import DUTIES
from tests.factories.articles import approve, make_draft, submit
from tests.factories.departments import PASSWORD
from tests.lifting import lifted

pytestmark = pytest.mark.django_db


def vandalise(sql, *params):
    with lifted(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def book(*actions):
    for action in actions:
        audit_act(action, None)
    seal_all()


# --- what goes in ------------------------------------------------------------------------------------


def test_a_step_is_noted_with_capacity_and_address(client, collaborator, head):
    story = submit(make_draft(collaborator, title="Chào cờ"), collaborator)
    client.force_login(head)
    data = {"step": "approve", "sha256": story.review_revision.sha256, "version": story.version}
    client.post(f"/admin/cho-duyet/{story.pk}/quyet-dinh/", data, REMOTE_ADDR="203.0.113.7")
    entry = AuditEntry.objects.get(action="Duyệt, đăng ngay")
    assert (entry.actor, entry.about, entry.address) == (head, "Chào cờ", "203.0.113.7")
    assert entry.capacity == "Hiệu trưởng, Trường THPT Chu Văn An"
    published = AuditEntry.objects.get(action="Đăng bản 1")
    assert (published.actor, published.address) == (head, "203.0.113.7")


def test_a_refused_step_leaves_no_entry(collaborator, head):
    story = submit(make_draft(collaborator), collaborator)
    before = AuditEntry.objects.count()
    with pytest.raises(Exception, match="không còn là bản"):
        approve(story, head, sha256="0" * 64)
    assert AuditEntry.objects.count() == before


def test_a_change_in_a_form_is_noted_once_with_its_address(client, administrator):
    client.force_login(administrator)
    url = reverse("admin:departments_dayoff_add")
    client.post(url, {"name": "Tết", "first": "2027-02-05", "last": "2027-02-11"}, REMOTE_ADDR="203.0.113.9")
    entry = AuditEntry.objects.get(action="Thêm ngày nghỉ")
    assert (entry.actor_name, entry.address) == ("Hoàng Văn Đức", "203.0.113.9")
    assert repeat_log() == 0


def test_behind_our_proxy_the_visitors_address_counts_and_no_claim_of_theirs(client, head):
    client.force_login(head)
    with override_settings(PROXIES=1):
        url = reverse("admin:delegations")
        client.post(url, HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.5", REMOTE_ADDR="10.0.0.1")
        client.post(
            reverse("admin:login"),
            {"username": head.username, "password": PASSWORD},
            HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.5",
        )
    assert set(AuditEntry.objects.values_list("address", flat=True)) <= {"203.0.113.5"}


def test_coming_and_going_are_noted_with_the_address(client, collaborator):
    client.post(reverse("admin:login"), {"username": collaborator.username, "password": PASSWORD})
    client.post(reverse("admin:logout"), REMOTE_ADDR="203.0.113.9")
    came, went = AuditEntry.objects.order_by("pk")
    assert (came.action, came.actor, came.actor_name) == ("Đăng nhập", collaborator, str(collaborator))
    assert (went.action, went.actor, went.address) == ("Đăng xuất", collaborator, "203.0.113.9")


@pytest.mark.parametrize("written", [str.lower, str.capitalize, str.upper])
def test_a_refused_sign_in_names_the_account_it_was_for(client, head, written):
    client.post(reverse("admin:login"), {"username": written(head.username), "password": "sai"})
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.about) == ("Đăng nhập không được", None, str(head))


def test_a_name_is_read_as_the_form_reads_it(client, head):
    """PostgreSQL takes no NUL: what the form refuses asks the database nothing."""
    for typed in ("truong\0donvi", "truongdonvi\0", "\0"):
        answer = client.post(reverse("admin:login"), {"username": typed, "password": "sai"})
        assert answer.status_code == 200
    assert not AuditEntry.objects.exists()
    client.post(reverse("admin:login"), {"username": " Truongdonvi ", "password": "sai"})
    assert AuditEntry.objects.get().about == str(head)


def test_a_password_typed_as_a_name_is_not_kept(client, head):
    client.post(reverse("admin:login"), {"username": PASSWORD, "password": head.username})
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.about, entry.note) == ("Đăng nhập không được", "", NO_SUCH_NAME)
    assert PASSWORD not in str(entry.__dict__)


def test_a_locked_door_fills_no_book(client, head, limits):
    limits(sign_in=(3, 900))
    for _ in range(8):
        client.post(reverse("admin:login"), {"username": head.username, "password": "sai"})
    assert AuditEntry.objects.count() == 3


def test_leaving_twice_is_noted_once(client, head):
    client.force_login(head)
    client.post(reverse("admin:logout"))
    client.post(reverse("admin:logout"))
    assert AuditEntry.objects.get().action == "Đăng xuất"


def test_the_worker_is_named_as_what_it_is():
    with coming_from(""):
        assert audit_act("Đăng bài", None).actor_name == MACHINE


def test_what_a_dead_process_left_is_taken_over_by_the_worker(client, administrator):
    LogEntry.objects.log_actions(administrator.pk, [administrator], CHANGE, "Đổi tên.")
    assert repeat_log() == 1
    assert AuditEntry.objects.get().note == "Đổi tên."
    assert {repeat_log, seal_all} <= {duty.run for duty in DUTIES}


# --- the chain ------------------------------------------------------------------------------------------


def test_a_whole_book_has_no_fault_and_its_head_can_be_noted():
    book("một", "hai", "ba")
    assert list(faults()) == []
    last = head()
    assert last.number == 3
    book("bốn")
    assert list(faults(f"{last.number}:{last.sha256}")) == []


def test_a_changed_entry_shows():
    book("một", "hai", "ba")
    vandalise("UPDATE approvals_auditentry SET action = 'khác' WHERE action = 'hai'")
    assert any("không khớp" in fault for fault in faults())


def test_a_removed_entry_shows():
    book("một", "hai", "ba")
    second = Seal.objects.get(number=2)
    vandalise("DELETE FROM approvals_seal WHERE number = 2")
    vandalise("DELETE FROM approvals_auditentry WHERE id = %s", second.entry_id)
    assert any("Thiếu mã niêm phong" in fault for fault in faults())


def test_a_book_cut_short_shows_to_who_noted_its_head():
    book("một", "hai", "ba")
    last = head()
    vandalise("DELETE FROM approvals_seal WHERE number = 3")
    vandalise("DELETE FROM approvals_auditentry WHERE action = 'ba'")
    assert list(faults()) == []
    assert any("bị cắt" in fault for fault in faults(f"{last.number}:{last.sha256}"))


def test_a_book_written_anew_shows_to_who_noted_its_head():
    book("một")
    noted = f"1:{head().sha256}"
    vandalise("DELETE FROM approvals_seal")
    vandalise("UPDATE approvals_auditentry SET action = 'khác'")
    seal_all()
    assert list(faults()) == []
    assert list(faults(noted)) != []


def test_entries_not_sealed_are_told():
    audit_act("một", None)
    assert any("chưa được niêm" in fault for fault in faults())


@pytest.mark.parametrize("table", ["approvals_auditentry", "approvals_seal"])
@pytest.mark.parametrize("sql", ["DELETE FROM {}", "UPDATE {} SET {}"])
def test_the_database_itself_keeps_the_book(table, sql):
    book("một")
    change = "action = 'x'" if "entry" in table else "sha256 = 'x'"
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table, change))
    for row in (AuditEntry.objects.get(), Seal.objects.get()):
        with pytest.raises(FrozenRowError):
            row.save()


def test_the_command_says_so_and_ends_with_1_when_something_is_wrong():
    book("một", "hai")
    told = io.StringIO()
    call_command("verify_audit", stdout=told)
    assert "Nguyên vẹn: 2 dòng" in told.getvalue()
    noted = told.getvalue().split()[-1]
    call_command("verify_audit", expect=noted, stdout=told)
    vandalise("UPDATE approvals_auditentry SET note = 'x' WHERE action = 'một'")
    with pytest.raises(SystemExit) as end:
        call_command("verify_audit", stderr=told)
    assert end.value.code == 1
    assert "không khớp" in told.getvalue()


@pytest.mark.django_db(transaction=True)
def test_entries_are_sealed_when_their_transaction_has_committed():
    with transaction.atomic():
        audit_act("một", None)
        audit_act("hai", None)
        assert not Seal.objects.exists()
    assert Seal.objects.count() == 2
    assert list(faults()) == []
    with pytest.raises(RuntimeError), transaction.atomic():
        audit_act("ba", None)
        raise RuntimeError
    assert AuditEntry.objects.count() == 2


def test_the_book_is_read_by_the_auditor_alone_and_changed_by_nobody(client, auditor, administrator, head):
    entry = audit_act("một", None)
    page, row = reverse("admin:approvals_auditentry_changelist"), entry.pk
    client.force_login(auditor)
    assert "chưa niêm" in client.get(page).content.decode()
    assert client.post(reverse("admin:approvals_auditentry_change", args=[row]), {}).status_code == 403
    for user in (administrator, head):
        client.force_login(user)
        assert client.get(page).status_code == 403


# --- finding in the books -----------------------------------------------------------------------------


FOUND_BY = {"chao co": True, "Chào cờ": True, "minh tam": True, "Lê Thị Minh Tâm": True, "tap huan": False}


@pytest.mark.parametrize("book", ["auditentry", "statuschange"])
def test_an_auditor_finds_a_step_by_its_record_or_its_actor_without_marks(
    client, collaborator, head, auditor, book
):
    head.full_name = "Lê Thị Minh Tâm"
    head.save()
    approve(submit(make_draft(collaborator, title="Chào cờ đầu tuần"), collaborator), head)
    submit(make_draft(collaborator, title="Bài khác"), collaborator)
    client.force_login(auditor)
    for typed, is_found in FOUND_BY.items():
        html = client.get(f"/admin/approvals/{book}/", {"q": typed}).content.decode()
        assert ("Chào cờ đầu tuần" in html) is is_found, typed
        assert "Bài khác" not in html, typed


def test_an_entry_is_shown_without_the_bar_of_a_workflow(client, auditor):
    audit_act("Đăng nhập", auditor)
    client.force_login(auditor)
    entry = AuditEntry.objects.latest("pk")
    page = client.get(reverse("admin:approvals_auditentry_change", args=[entry.pk])).content.decode()
    assert "Đăng nhập" in page
    assert "Trạng thái:" not in page
