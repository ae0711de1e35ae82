"""Every address of the project has its row, and the row is true; what may never be is asked apart."""

import difflib
import logging
import os

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.template import Origin
from django.template.loaders.base import Loader
from django.test import override_settings

from articles.approval import decisions
from tests import unannounced
from tests.access.addresses import Address, all_addresses, asks_for_a_story
from tests.access.asking import IN, NO_SUCH, SIGN_IN, WROTE, clients
from tests.access.table import FILE, Row, page, rows
from tests.access.world import build
from tests.trials import once_for_all

# The database of the tests is made for marked tests alone, whatever a fixture asks for.
pytestmark = pytest.mark.django_db
# Whoever audits changes nothing but their own session, password, inbox and looks.
OWN = {"admin:password_change", "admin:logout", "admin:login", "admin:inbox_mark", "admin:inbox_delivery"}
# Taking the audit book out is itself noted in it.
OWN |= {"admin:end_session", "admin:end_other_sessions", "admin:fee_sheet_file"}
OWN |= {"display_settings", "preview_page", "admin:inbox_open", "admin:audit_book"}
DECIDING = {"admin:review_decide", "admin:review_take_back", "admin:change_release"}
DECIDING |= {"admin:urgent_answer", "admin:review_comment", "admin:review_comment_step"}


class BlankLoader(Loader):
    """Every template, with nothing in it: the table asks who is let in, other tests look at what is drawn."""

    def get_template_sources(self, template_name):
        yield Origin(template_name, template_name, self)

    def get_contents(self, origin):
        return ""


def blank_templates():
    """The setting TEMPLATES; drawing would be half of the asking."""
    [engine] = settings.TEMPLATES
    options = engine["OPTIONS"] | {"loaders": ["tests.access.test_table.BlankLoader"]}
    return [engine | {"APP_DIRS": False, "OPTIONS": options}]


@pytest.fixture(scope="module")
def table(django_db_setup, django_db_blocker, common_folder):
    """Asked once in all test processes; nothing of it stays in the database."""
    if connection.vendor != "sqlite" and not os.environ.get("ACCESS_TABLE"):
        pytest.skip("two minutes of asking, the same on every database (ACCESS_TABLE=1 asks here too)")
    folder = common_folder("table")

    def ask():
        found = ask_everybody(django_db_blocker, folder)
        return [(row.address.name, row.address.pattern, *row[1:]) for row in found]

    return [
        Row(Address(name, pattern), method, state, tuple(signs))
        for name, pattern, method, state, signs in once_for_all(folder, ask)
    ]


def ask_everybody(django_db_blocker, folder):
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    asked_with = override_settings(MEDIA_ROOT=folder, TEMPLATES=blank_templates())
    # The asking may take longer than the minutes in which a decision can be taken back.
    patience = pytest.MonkeyPatch.context()
    with django_db_blocker.unblock(), asked_with, transaction.atomic(), patience as patch:
        patch.setattr(decisions, "UNDO_MINUTES", 24 * 60)
        with unannounced.watching(in_one_transaction=True) as changes:
            found = rows(build())
        transaction.set_rollback(True)
    assert changes.missing() == []
    logging.getLogger("django.request").setLevel(logging.NOTSET)
    return found


def test_the_written_table_is_what_the_project_does(table):
    text = page(table)
    if os.environ.get("WRITE_ACCESS_TABLE"):
        FILE.write_text(text)
    differences = list(difflib.unified_diff(FILE.read_text().split("\n"), text.split("\n"), lineterm="", n=0))
    assert differences == []


def test_every_address_has_a_row(table):
    assert {address.pattern for address in all_addresses()} == {row.address.pattern for row in table}


def acting(table, person, signs=(IN, WROTE)):
    """Addresses at which a person gets something, as name, method, state."""
    return {(r.address.name, r.method, r.state) for r in table if r.sign(person) in signs}


# The pages outside the door: what they let somebody do hangs on a ticket, not on who asks.
DOOR = {"admin:login", "admin:logout", "admin:enter_by_code", "admin:enter_by_link"}
DOOR |= {"admin:choose_password", "admin:confirm_email", "admin:forgotten"}
# What who has given the password alone opens, and everybody for their own devices (tests/second_factor).
STEP = {"admin:second_step", "admin:leave_door", "admin:devices", "admin:add_key", "admin:add_app"}
STEP |= {"admin:key_registration_begin", "admin:key_registration_done", "admin:key_script_words"}
STEP |= {"admin:key_authentication_begin", "admin:key_authentication_done"}
DOOR |= STEP
# The first day's pages: a code opens them, and nothing does once somebody administers the site.
DOOR |= {"admin:first_visit", "admin:first_visit_whose", "admin:first_visit_administrator"}
OWN |= STEP


def test_a_stranger_opens_nothing_of_the_office(table):
    office = [row for row in table if row.address.pattern.startswith("admin/")]
    shut = [row for row in office if row.address.name not in DOOR]
    assert {row.sign("khach") for row in shut} <= {SIGN_IN, NO_SUCH}


@pytest.mark.parametrize("person", ["ctv2", "truong2", "cuu"])
def test_other_units_reach_no_story_of_the_school_by_any_door(table, person):
    story = {row.address.name for row in table if asks_for_a_story(row.address)}
    assert {found for found in acting(table, person) if found[0] in story} == set()


@pytest.mark.parametrize("person", ["tren", "thuky", "bientap"])
def test_a_first_draft_is_its_units_own(table, person):
    assert {found for found in acting(table, person) if found[2] in ("nhap", "bo")} == set()


def test_whoever_audits_writes_nothing(table):
    assert {name for name, _method, _state in acting(table, "kiemtra", (WROTE,))} <= OWN


@pytest.mark.parametrize(
    "person", ["ctv", "thidua", "quantri", "kiemtra", "bientap", "ctv2", "truong2", "cuu"]
)
def test_nobody_decides_without_the_post(table, person):
    assert {name for name, _method, _state in acting(table, person, (WROTE,))} & DECIDING == set()


def test_an_account_without_a_post_writes_nothing(table):
    assert {name for name, _method, _state in acting(table, "cuu", (WROTE,))} <= OWN


@pytest.mark.parametrize("path", ["/admin/khong-co/", "/admin/articles/article/999999/change/", "/khong-co/"])
def test_everybody_is_shown_a_page_with_the_refusal(path, settings, tmp_path):
    """What the table leaves out: the pages themselves are drawn for each person."""
    settings.MEDIA_ROOT = tmp_path
    for person, client in clients(build()).items():
        answer = client.get(path, follow=True)
        assert "<h1" in answer.text, person


def test_the_table_is_not_empty(table):
    assert ("admin:review_decide", "POST", "cho") in acting(table, "truong", (WROTE,))
    assert ("admin:articles_article_autosave", "POST", "nhap") in acting(table, "ctv", (WROTE,))
    assert ("preview_photo", "GET", "") in acting(table, "khach")
