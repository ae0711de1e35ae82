"""Mail that has been failing for an hour is told: to monitoring, and to who keeps the accounts."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from inbox.models import Notice
from inbox.posting import MOST_ATTEMPTS
from inbox.telling import tell
from inbox.trouble import refused, stuck
from newsroom.health import readiness

HOUR = datetime.timedelta(hours=1)
AWAY, NOBODY = "ConnectionRefusedError: no server", "SMTPRecipientsRefused: {'a@b': (550, b'no such user')}"


@pytest.fixture
def mail(collaborator):
    """A mail that is due, with what became of it so far."""

    def made(ago=2 * HOUR, **fields):
        tell([collaborator], "test", "Việc", about="x", address="/admin/")
        row = Notice.objects.latest("pk")
        at = timezone.now() - ago
        Notice.objects.filter(pk=row.pk).update(**{"mail_at": at, "told_at": at} | fields)
        return row

    return made


def test_mail_is_in_trouble_only_when_it_waits_for_an_hour(mail):
    mail(ago=HOUR / 2)
    mail(mailed_at=timezone.now())
    mail(mail_at=None)  # who chose no mail, or may no longer see it
    mail(attempts=MOST_ATTEMPTS, error=AWAY)  # given up: the inbox has it
    mail(attempts=3, mail_at=timezone.now() + HOUR / 10, error=AWAY)
    assert stuck() == (0, None)
    oldest = mail(ago=3 * HOUR, attempts=9, mail_at=timezone.now() + HOUR, error=AWAY)
    mail()  # not even tried: it stands behind the others
    assert stuck() == (2, Notice.objects.get(pk=oldest.pk).told_at)


def test_an_address_that_takes_no_mail_is_no_fault_of_the_server(mail, collaborator):
    mail(attempts=9, error=NOBODY)
    assert stuck().count == 0
    assert refused() == [collaborator]


def test_monitoring_is_told(mail, client, settings, tmp_path):
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "uploads"
    readiness.note_worker_alive()
    assert client.get("/readyz").json()["checks"]["mail"] is True
    mail(attempts=9, error=AWAY)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["mail"]) == (503, False)


def test_who_keeps_the_accounts_is_told_and_nobody_else(mail, administrator, collaborator, head, auditor):
    mail(attempts=9, error=AWAY)
    mail(attempts=9, error=NOBODY)
    for user in (administrator, collaborator, head, auditor):
        reader = Client()
        reader.force_login(user)
        page = reader.get("/admin/").content.decode()
        assert ("1 thư chưa gửi được" in page) is (user == administrator)
        assert ("không nhận được thư, hãy sửa lại:" in page) is (user == administrator)
        assert (f"/admin/accounts/user/{collaborator.pk}/change/" in page) is (user == administrator)
