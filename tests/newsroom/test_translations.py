"""Nothing a person may see in the back-office is left in English by Django or a package."""

import unicodedata
from pathlib import Path

import django
import django_otp_webauthn
import django_prose_editor
import pytest
import taggit
from django.utils import translation

from tests.newsroom.catalogues import asked_in_python, asked_in_script, compiled, placeholders, read

OURS = Path(__file__).resolve().parents[2] / "locale/vi/LC_MESSAGES"
DJANGO = Path(django.__path__[0])
PARTS = ("conf", "contrib/admin", "contrib/auth", "contrib/contenttypes", "contrib/sessions")
DOMAINS = ("django", "djangojs")
# Names of languages: one language is spoken here, no list of them is ever shown.
LANGUAGE_NAMES = "conf/global_settings.py"


def _folder(package) -> Path:
    return Path(package.__path__[0])


def _catalogue(part: str, language: str, domain: str) -> dict:
    path = DJANGO / part / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
    return read(path) if path.exists() else {}


def _asked_by_django(part: str, domain: str) -> set:
    source = _catalogue(part, "en", domain)
    return {key for key, message in source.items() if not message.source.startswith(LANGUAGE_NAMES)}


def _asked_by_packages(domain: str) -> set:
    if domain == "djangojs":
        editor = _folder(django_prose_editor) / "static/django_prose_editor/editor.js"
        keys = (_folder(django_otp_webauthn) / "static").rglob("*.js")
        return set.union(*(asked_in_script(script) for script in (editor, *keys)))
    return set.union(*(asked_in_python(_folder(package)) for package in (taggit, django_prose_editor)))


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("part", PARTS)
def test_every_message_of_django_is_in_vietnamese(part, domain):
    theirs = {key for key, message in _catalogue(part, "vi", domain).items() if message.text}
    assert _asked_by_django(part, domain) - theirs - set(read(OURS / f"{domain}.po")) == set()


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_message_of_the_packages_is_in_vietnamese(domain):
    django_has = {key for part in PARTS for key, m in _catalogue(part, "vi", domain).items() if m.text}
    assert _asked_by_packages(domain) - django_has - set(read(OURS / f"{domain}.po")) == set()


@pytest.mark.parametrize("domain", DOMAINS)
def test_we_translate_nothing_that_nobody_asks_for(domain):
    asked = set().union(*(_catalogue(part, "en", domain) for part in (*PARTS, "contrib/sites")))
    assert set(read(OURS / f"{domain}.po")) - asked - _asked_by_packages(domain) == set()


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_catalogue_is_made_from_this_source(domain):
    source = {key: message.text for key, message in read(OURS / f"{domain}.po").items()}
    assert compiled(OURS / f"{domain}.mo") == source


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_message_is_empty_loses_a_value_or_leaves_nfc(domain):
    wrong = [
        key
        for key, message in read(OURS / f"{domain}.po").items()
        if not message.text
        or not placeholders(message.text) <= placeholders(key[1] + message.plural)
        or unicodedata.normalize("NFC", message.text) != message.text
    ]
    assert wrong == []


def test_our_words_win_over_djangos():
    with translation.override("vi"):
        assert translation.gettext("History") == "Lịch sử sửa"
        assert translation.gettext("Log out") == "Đăng xuất"
        assert translation.gettext("This field is required.") == "Hãy điền ô này."


def test_the_admins_script_catalogue_speaks_vietnamese(admin_client):
    words = admin_client.get("/admin/jsi18n/").content.decode()
    assert '"Choose a Date": "Ch\\u1ecdn ng\\u00e0y"' in words
    assert '"Insert Table": "Ch\\u00e8n b\\u1ea3ng"' in words
