"""The worker does every duty, whatever becomes of another."""

import io
import socket

from django.core.management import call_command
from django.utils import timezone

from articles.models import PublishedArticle, Release
from awards.law.pack import load_pack
from fees.law.pack import load_pack as load_fee_rates
from newsroom.health import readiness
from newsroom.turns import Duty, take_turn
from tests.factories.articles import approve, make_draft, submit
from tests.lifting import lifted


def test_a_due_story_goes_live_once(collaborator, head, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    load_pack()  # what a worker does once after installing
    load_fee_rates()
    later = timezone.now() + timezone.timedelta(hours=1)
    article = approve(submit(make_draft(collaborator), collaborator), head, due_at=later)
    assert not PublishedArticle.objects.filter(pk=article.pk).exists()
    with lifted():
        Release.objects.update(due_at=timezone.now())
    printed = io.StringIO()
    call_command("run_worker", once=True, stdout=printed)
    call_command("run_worker", once=True, stdout=printed)
    assert printed.getvalue() == "1 bài đến giờ đã đăng\n3 dòng nhật ký kiểm toán đã niêm\n3 thư đã gửi\n"
    assert PublishedArticle.objects.live().get().pk == article.pk
    assert readiness.is_worker_alive()


def test_systemd_hears_each_turn(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        readiness.note_worker_alive()
        assert systemd.recv(100) == b"READY=1\nWATCHDOG=1"


def test_a_duty_that_fails_is_logged_and_holds_up_nobody(caplog):
    def fail() -> int:
        raise RuntimeError("storage is gone")

    done = take_turn((Duty(fail, "việc hỏng"), Duty(lambda: 2, "việc xong"), Duty(lambda: 0, "không có gì")))
    assert done == ["2 việc xong"]
    assert "storage is gone" in caplog.text
