"""The background worker: publishes what is due, until it is stopped."""

import signal
import threading
from argparse import ArgumentParser
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from foundation.pagestore import edge, following, hearing
from foundation.pagestore.background import repeated
from foundation.pagestore.following import Follower
from foundation.pagestore.keeping import next_change
from newsroom.health import readiness
from newsroom.turns import take_turn
from press import running
from signing import intake


class Command(BaseCommand):
    help = "Đăng bài đến giờ hẹn và làm các việc nền khác. Chạy nhiều tiến trình cùng lúc cũng an toàn."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="làm một lượt rồi thoát")
        parser.add_argument("--every", type=float, default=10.0, metavar="GIÂY", help="nghỉ giữa hai lượt")

    def handle(self, *, once: bool, every: float, **options: Any) -> None:
        if once:
            self.take_turn()
            running.draw_due()
            intake.check_due()
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        with ExitStack() as beside:
            beside.callback(hearing.fall_silent)
            beside.enter_context(repeated(Follower().look, following.STEP, "Following other machines"))
            # Half a minute of drawing must not delay what readers see.
            beside.enter_context(repeated(running.draw_due, running.STEP, "Drawing sheets to print"))
            beside.enter_context(repeated(intake.check_due, intake.STEP, "Checking signed files"))
            if settings.PURGE_TARGETS:
                beside.enter_context(repeated(edge.send_due, edge.STEP, "Telling the caches in front"))
            while True:
                self.take_turn()
                if stop.wait(min(every, self.seconds_to_change())):
                    return
                close_old_connections()

    def seconds_to_change(self) -> float:
        """Return how soon all kept pages change by time alone: those that nginx hands out end then too."""
        return max((next_change() - timezone.now()).total_seconds(), 0) + 0.05

    def take_turn(self) -> None:
        for line in take_turn():
            self.stdout.write(line)
        readiness.note_worker_alive()
