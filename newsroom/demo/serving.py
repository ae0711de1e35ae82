"""Serve the demo with the production server: gunicorn, a few threads, no debugging."""

import os
import signal
import socket
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication

from newsroom.demo.rounds import seed_papers

ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 (recognised here, never a default)


def address(host: str, port: int) -> str:
    """Return the address at which the demo is opened."""
    shown = "127.0.0.1" if host in ANYWHERE else host
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def refuse_busy_port(host: str, port: int) -> None:
    """Raise an error in plain words before the demo is prepared, if the port is in use."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as failure:
            raise CommandError(
                f"Không mở được {host}:{port} ({failure.strerror}). Hãy thử cổng khác: --port {port + 1}"
            ) from failure


def serve(host: str, port: int) -> None:
    """Serve until Ctrl+C. Sets the settings that depend on the address before anything is loaded."""
    if "SITE_URL" not in os.environ:
        settings.SITE_URL = address(host, port)
        settings.CSRF_TRUSTED_ORIGINS = [settings.SITE_URL]
    if "ALLOWED_HOSTS" not in os.environ:
        # When it listens on all interfaces, the demo accepts any host name; its accounts are public anyway.
        settings.ALLOWED_HOSTS = ["*"] if host in ANYWHERE else [*settings.ALLOWED_HOSTS, host]
    connections.close_all()
    DemoServer(host, port).run()


class DemoServer(BaseApplication):
    """gunicorn, configured for the demo."""

    def __init__(self, host: str, port: int):
        self.bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self.background = 0
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": self.bind,
            "workers": int(os.environ.get("WEB_CONCURRENCY", "2")),
            "worker_class": "gthread",
            "threads": 4,
            "preload_app": True,
            "keepalive": 5,
            "graceful_timeout": 5,
            "loglevel": "warning",
            "proc_name": "newsroom-demo",
            "when_ready": self.start_background,
            "on_exit": self.stop_background,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        application = import_string("newsroom.wsgi.application")
        connections.close_all()
        return application

    def start_background(self, server: Any) -> None:
        """Fork the worker, as a real site has one; it shares the loaded code."""
        parent = os.getpid()
        self.background = os.fork()
        if not self.background:
            try:
                for listener in server.LISTENERS:
                    listener.close()
                _work(parent)
            finally:
                os._exit(0)  # must not return into the server's loop

    def stop_background(self, server: Any) -> None:
        try:
            os.kill(self.background, signal.SIGTERM)
        except ProcessLookupError:
            pass  # it has ended already


INHERITED = ("SIGTERM", "SIGINT", "SIGQUIT", "SIGCHLD", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGWINCH")


def _work(parent: int) -> None:
    for name in INHERITED:
        signal.signal(signal.Signals[name], signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    threading.Thread(target=seed_papers.sign_when_drawn, daemon=True).start()
    call_command("run_worker")


def _end_with(parent: int) -> None:
    """End this process when the server was killed without a signal to it."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)
