"""What the operator's program is told, and who is told nothing."""

import datetime
import subprocess
import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from articles.models import Article
from inbox.models import Notice
from inbox.telling import tell
from newsroom.environment import networks_of
from newsroom.metrics import FOLDER
from newsroom.metrics.counting import forget_ended
from newsroom.models import BackupRun
from newsroom.version import VERSION
from tests.factories.articles import make_draft, submit

HOUR = datetime.timedelta(hours=1)


def asked(client, **more):
    answer = client.get("/metrics", **more)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    families = text_string_to_metric_families(answer.content.decode())
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def test_queue_mail_backup_and_checks_are_told_without_a_name(client, collaborator, head):
    story = submit(make_draft(collaborator, title="Tít không ai ngoài nghe"), collaborator)
    Article.objects.filter(pk=story.pk).update(submitted_at=timezone.now() - 3 * HOUR)
    tell([head], "test", "Một lời báo", about="Bài", words="Nội dung", address="/admin/", urgent=True)
    Notice.objects.update(told_at=timezone.now() - 2 * HOUR, mail_at=timezone.now())
    run = BackupRun.objects.create(is_good=True, is_drill=False, file_name="x", size=1)
    BackupRun.objects.filter(pk=run.pk).update(ended_at=timezone.now() - HOUR)
    found = asked(client)
    assert found["newsroom_waiting_stories",] == 1
    assert found["newsroom_waiting_stories_oldest_seconds",] == pytest.approx(3 * 3600, abs=30)
    assert found["newsroom_unsent_mails",] == Notice.objects.filter(mail_at__isnull=False).count() > 0
    assert found["newsroom_unsent_mail_oldest_seconds",] == pytest.approx(2 * 3600, abs=30)
    assert found["newsroom_backup_age_seconds",] == pytest.approx(3600, abs=30)
    assert ("newsroom_drill_age_seconds",) not in found
    assert found["newsroom_late_releases",] == 0
    assert found["newsroom_check", "database"] == found["newsroom_check", "cache"] == 1
    assert found["newsroom_version", VERSION] == 1
    said = client.get("/metrics").content.decode()
    for name in ("Tít", collaborator.username, head.username, str(collaborator), str(head)):
        assert name not in said


def test_requests_are_counted_by_room_and_status(client, collaborator):
    before = asked(client)
    client.get("/su-kien/")
    client.get("/khong-co-trang-nay/")
    client.force_login(collaborator)
    client.get("/admin/ban-viet/")
    after = asked(client)

    def more(*key):
        return after.get(key, 0) - before.get(key, 0)

    assert more("newsroom_requests_total", "events", "200") == 1
    assert more("newsroom_requests_total", "none", "404") == 1
    assert more("newsroom_requests_total", "office", "200") == 1
    assert more("newsroom_request_seconds_count", "office") == 1


def test_the_figures_cost_the_same_with_more_stories(client, collaborator):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            asked(client)
        return len(queries)

    submit(make_draft(collaborator), collaborator)
    one = cost()
    for _ in range(3):
        submit(make_draft(collaborator), collaborator)
    assert cost() == one


@pytest.mark.django_db
def test_a_stranger_is_told_there_is_nothing(client, settings):
    asked(client, HTTP_HOST="10.9.8.7")  # the operator's program calls the machine by its number
    for stranger in (
        {"REMOTE_ADDR": "203.0.113.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},  # a proxy that is not counted
        {"REMOTE_ADDR": ""},
    ):
        answer = client.get("/metrics", **stranger)
        assert (answer.status_code, answer.content) == (404, b"")
    settings.PROXIES = 1
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="127.0.0.1, 203.0.113.9").status_code == 404
    settings.METRICS_FROM = networks_of(["203.0.113.0/24"])
    asked(client, HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert client.post("/metrics", HTTP_X_FORWARDED_FOR="203.0.113.9").status_code == 405


def test_counts_of_ended_processes_are_forgotten():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    gone, other = FOLDER / f"counter_{ended.pid}.db", FOLDER / "counter_1.db"
    gone.touch()
    other.touch()
    forget_ended()
    assert (gone.exists(), other.exists()) == (False, True)
    other.unlink()


def test_a_server_counts_into_the_folder_of_its_machine(tmp_path):
    """Whatever is imported first; else each process would tell its own counts only, or none."""
    code = (
        "import django; django.setup(); import newsroom.urls; "
        "from newsroom.metrics.counting import KEPT; KEPT.inc()"
    )
    machine = {"VAR_DIR": str(tmp_path), "SECRET_KEY": "x" * 50, "PATH": "/usr/bin:/bin"}
    machine["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    subprocess.run([sys.executable, "-c", code], env=machine, check=True)  # noqa: S603 (our own words)
    assert [file.name.startswith("counter_") for file in (tmp_path / "metrics").iterdir()] == [True]
