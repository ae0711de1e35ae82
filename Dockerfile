# syntax=docker/dockerfile:1
# The newsroom as an image: built with uv from the lock file, run as a person without rights on a read-only
# file system; everything it writes goes to /data (VAR_DIR).
FROM python:3.13-slim-trixie AS build
RUN pip install --no-cache-dir uv
WORKDIR /app
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
COPY pyproject.toml uv.lock .python-version ./
RUN uv sync --locked --no-dev --no-install-project --no-cache
COPY . .
# Nothing can be kept at run time: the packages are compiled by uv, our code here, Python's own below.
RUN python -m compileall -q -x '/(\.venv|tests)/' .

FROM python:3.13-slim-trixie
# pg_dump and pg_restore, for `manage.py backup` and `restore`: Debian 13 has those of PostgreSQL 17, as compose.yaml.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
RUN python -m compileall -q -x site-packages /usr/local/lib/python3.13
RUN useradd --system --uid 10001 --no-create-home --home-dir /data toasoan && install -d -o toasoan /data /backups
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH VAR_DIR=/data PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER toasoan
VOLUME /data /backups
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["gunicorn", "newsroom.wsgi", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
