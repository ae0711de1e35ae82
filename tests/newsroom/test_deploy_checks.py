"""`check --deploy` names the traps of an installation, each with words and what to do."""

import os
import subprocess
import sys
from secrets import token_urlsafe

import pytest
from django.core import checks
from django.utils import timezone

from accounts.roles import GUARDED_ROLES, Role
from identity.models import SiteIdentity
from inbox.models import Notice
from media.storage_url import storage_of
from newsroom import settings as product
from newsroom.demo.units import IDENTITY
from newsroom.guarding.deploy_checks import check_counters
from tests.architecture import ROOT
from tests.factories.identity import make_identity

pytestmark = pytest.mark.django_db  # checks of others ask what the database can
SMTP = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": {}}}
FILE = {"BACKEND": "foundation.limiting.counters.FileCounters", "LOCATION": "limits.sqlite3"}


@pytest.fixture
def well(settings, db):
    """A real site, well installed."""
    make_identity()
    settings.SITE_URL = "https://giaoduc.example"
    settings.ALLOWED_HOSTS = ["giaoduc.example"]
    settings.SECURE_PROXY_SSL_HEADER, settings.PROXIES = ("HTTP_X_FORWARDED_PROTO", "https"), 1
    settings.DEMO, settings.MAILERS = False, SMTP
    settings.SECOND_FACTOR_ROLES = list(GUARDED_ROLES)
    settings.CACHES = settings.CACHES | {"limits": FILE}
    return settings


def told(**options):
    found = checks.run_checks(include_deployment_checks=True, **options)
    return {message.id: message for message in found if str(message.id).startswith("newsroom.")}


def test_a_site_well_installed_hears_nothing(well):
    assert told() == {}


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        ("W001", {"DEMO": True}),
        ("W002", {"PROXIES": 0}),
        ("W003", {"ALLOWED_HOSTS": ["giaoduc.example", "*"]}),
        ("W004", {"MAILERS": {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}}),
        ("W004", {"MAILERS": {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}}),
        ("W006", {"SECOND_FACTOR_ROLES": []}),
        ("W006", {"SECOND_FACTOR_ROLES": [role for role in GUARDED_ROLES if role != Role.DEPUTY]}),
        ("W007", {"CACHES": product.CACHES | {"limits": product.CACHES["default"]}}),
    ],
)
def test_each_trap_is_named_with_what_to_do(well, number, wrong):
    for name, value in wrong.items():
        setattr(well, name, value)
    (message,) = told().values()
    assert message.id == f"newsroom.{number}"
    assert message.level == checks.WARNING
    assert len(message.msg) > 30
    assert len(message.hint) > 20


def test_several_machines_need_one_place_to_count(well):
    well.STORAGES = well.STORAGES | {"default": storage_of("s3://khoa:mat@anh")}
    assert [message.id for message in check_counters()] == ["newsroom.W008"]
    well.CACHES = well.CACHES | {"limits": {"BACKEND": "newsroom.shared_cache.SharedCounters"}}
    assert check_counters() == []


def test_a_site_that_says_nothing_or_what_the_demo_says_is_refused(well):
    SiteIdentity.objects.update(email=IDENTITY["email"])
    (message,) = told().values()
    assert (message.id, message.msg[-27:]) == ("newsroom.W009", "bantruyenthong@vidu.example")
    SiteIdentity.objects.update(email="", responsible_title="Trưởng ban Truyền thông của Sở")
    assert list(told()) == ["newsroom.W009"]
    SiteIdentity.objects.all().delete()
    assert "là của ai" in told()["newsroom.W009"].msg
    make_identity(valid_from="2999-01-01")
    assert list(told()) == ["newsroom.W009"]


def test_without_https_there_need_be_no_proxy(well):
    well.SITE_URL, well.SECURE_PROXY_SSL_HEADER, well.PROXIES = "http://127.0.0.1:8000", None, 0
    assert told() == {}


def test_mail_that_never_arrived_is_told_when_the_database_is_asked(well, db, collaborator):
    assert set(told(databases=["default"])) == {"newsroom.W005"}
    Notice.objects.create(recipient=collaborator, kind="access", address="/", mailed_at=timezone.now())
    assert told(databases=["default"]) == {}


def test_the_demo_is_no_site_and_hears_of_no_https(well):
    well.DEMO, well.SITE_URL = True, "http://127.0.0.1:8000"
    assert "newsroom.W001" not in told()


def test_before_the_first_migrate_there_is_no_site_to_judge(tmp_path):
    """As an operator and a machine that tests a checkout run it: production settings, nothing in var/ yet."""
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": token_urlsafe(50),
        "SITE_URL": "https://giaoduc.example",
        "ALLOWED_HOSTS": "giaoduc.example",
        "PROXIES": "1",
        "EMAIL_URL": "smtp://127.0.0.1:25",
        "VAR_DIR": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 (our own words)
    assert done.returncode == 0, done.stderr
