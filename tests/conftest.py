"""People by role, a database in which the table of roles stands, a browser."""

import os
import shutil
import threading

import pytest
from django.core.cache import caches
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import Client, TransactionTestCase

from accounts.roles import Role
from departments.enums import DepartmentKind
from foundation.pagestore import shelf
from identity import alerts, current
from identity.words import SiteWords
from tests import template, unannounced, waiting
from tests.architecture import ROOT
from tests.factories.departments import make_department, make_position, make_user
from tests.signing_in import sign_in_fully

unannounced.hear_purges()
Client.force_login = sign_in_fully


def pytest_xdist_auto_num_workers(config):
    """Named files are quickest in this very process; anything more is shared out.

    Two processes for each core: a test in a browser spends half its time waiting for a pause of the screen.
    More than eight would spend their time starting.
    """
    return (
        0 if any(".py" in argument for argument in config.args) else min(2 * (os.process_cpu_count() or 1), 8)
    )


connection_created.connect(waiting.make_patient)


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """A copy of the template instead of migrations in every process (tests/template.py)."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "alone")
    with django_db_blocker.unblock():
        template.open_copy(worker)
    yield
    with django_db_blocker.unblock():
        template.close_copy()


@pytest.fixture(scope="session")
def common_folder(tmp_path_factory, worker_id):
    """Give it a name: the folder of that name, one for all processes of this run."""
    base = tmp_path_factory.getbasetemp()

    def folder(name):
        place = (base if worker_id == "master" else base.parent) / name
        place.mkdir(exist_ok=True)
        return place

    return folder


# What a test committed goes by copying the template again: no flush, no roles to be written anew.
TransactionTestCase._fixture_teardown = lambda case: template.restore()


@pytest.fixture(autouse=True)
def changes(request):
    """What readers see is changed nowhere without their pages being dropped: see `tests.unannounced`."""
    marker = request.node.get_closest_marker("django_db")
    named = {"transactional_db", "live_server"} & set(request.fixturenames)
    commits = named or (marker and marker.kwargs.get("transaction"))
    with unannounced.watching(in_one_transaction=not commits) as watch:
        yield watch
    assert watch.missing() == []


@pytest.fixture(autouse=True)
def whose_site():
    """Nobody has said whose site it is, no alert stands, unless the test does: no page asks for it.

    What a test left remembered is forgotten after it.
    """
    caches["default"].set(current.KEY, SiteWords())
    caches["default"].set(alerts.KEY, ())
    yield
    caches["default"].clear()


@pytest.fixture
def limits(settings):
    """Sets limits and forgets what was counted: `limits(search=(2, 60))`."""

    def limit(**rows):
        caches["limits"].clear()
        settings.LIMITS = settings.LIMITS | rows

    yield limit
    caches["limits"].clear()


@pytest.fixture
def province(db):
    return make_department(
        "Sở Giáo dục và Đào tạo Đắk Lắk", DepartmentKind.PROVINCE_OFFICE, short_name="Sở GD&ĐT Đắk Lắk"
    )


@pytest.fixture
def school(province):
    return make_department("Trường THPT Chu Văn An", parent=province)


@pytest.fixture
def other_school(province):
    return make_department("Trường THPT Buôn Ma Thuột", parent=province)


@pytest.fixture
def collaborator(school):
    return make_user("ctv", Role.COLLABORATOR, school, full_name="Nguyễn Thị Lan")


@pytest.fixture
def head(school):
    return make_user("truongdonvi", Role.HEAD, school, full_name="Trần Văn Minh")


@pytest.fixture
def other_collaborator(other_school):
    return make_user("ctv2", Role.COLLABORATOR, other_school, full_name="Y Phu Êban")


@pytest.fixture
def other_head(other_school):
    return make_user("truongdonvi2", Role.HEAD, other_school, full_name="H’Lan Byă")


@pytest.fixture
def desk_editor(province):
    return make_user("bientap", Role.DESK_EDITOR, province, full_name="Lê Thị Thanh")


@pytest.fixture
def managing_editor(province):
    """Heads the Sở's own desk as well."""
    user = make_user("thuky", Role.MANAGING_EDITOR, province, full_name="Phạm Thị Thu Hà")
    make_position(user.person, province, Role.HEAD, title="Trưởng ban Truyền thông")
    return user


@pytest.fixture
def registrar(province):
    return make_user("thidua", Role.REGISTRAR, province, full_name="Đào Ấn")


@pytest.fixture
def administrator(province):
    return make_user("quantri", Role.ADMINISTRATOR, province, full_name="Hoàng Văn Đức")


@pytest.fixture
def auditor(province):
    return make_user("kiemtra", Role.AUDITOR, province, full_name="Võ Thị Sáu")


@pytest.fixture
def kept_site(settings, tmp_path):
    """The whole site with its pages kept; answers the store."""
    settings.PAGE_STORE = str(tmp_path / "pages")
    kept = shelf.store()
    yield kept
    kept.close()
    shelf._store.cache_clear()


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """pytest-django's, started after the test database exists: its threads then share the connection.

    SQLite's cannot be used by two requests of a page at once; outside of tests each thread has its own.
    """
    server = live_server.thread.httpd
    if connection.vendor == "sqlite":
        server.set_app(_one_at_a_time(server.get_app()))
    live_server.visits = Visits(server)
    return live_server


def _one_at_a_time(app):
    turn = threading.Lock()

    def answer(environ, start_response):
        with turn:
            return app(environ, start_response)

    return answer


class Visits:
    """The connections a server answers on just now: each has a thread that may ask the database."""

    def __init__(self, server):
        self._open, self._changed = 0, threading.Condition()
        self._answer = server.process_request_thread
        server.process_request_thread = self._visit

    def _visit(self, request, client_address):
        self._count(1)
        try:
            self._answer(request, client_address)
        finally:
            self._count(-1)

    def _count(self, change):
        with self._changed:
            self._open += change
            self._changed.notify_all()

    def wait_for_the_last(self, seconds=10):
        with self._changed:
            assert self._changed.wait_for(lambda: not self._open, seconds), f"{self._open} still open"


CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONTS = ROOT / "tests" / "fonts" / "fonts.conf"  # whatever letters the machine has
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


@pytest.fixture(scope="session")
def _launched():
    """One browser for all tests of this process, started with the first that wants one.

    Playwright keeps an event loop running in this thread; Django then fears for its queries. So tests in a
    browser come last, and the fear is switched off from here on.
    """
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with pytest.MonkeyPatch.context() as patch, sync_api.sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        environment = os.environ | {"FONTCONFIG_FILE": str(FONTS)}
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS, env=environment)
        yield browser
        browser.close()


REACHES_ROWS = {"db", "transactional_db", "django_db_setup"}


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    for item in items:
        marked = item.get_closest_marker("django_db") or item.get_closest_marker("postgres")
        if not marked and not REACHES_ROWS & set(item.fixturenames):
            item.add_marker("one_database")


@pytest.fixture
def chromium(transactional_db, live_server, _launched):
    """The browser (mark the test `browser`); what a test opened is closed before the database is emptied."""
    yield _launched
    for context in _launched.contexts:
        context.close()
    live_server.visits.wait_for_the_last()
