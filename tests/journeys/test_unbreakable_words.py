"""A word without a space, as long as its column, never makes a page scroll sideways on a phone."""

from contextlib import suppress

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction

from articles.models import Article, PublishedArticle
from foundation.language import fields
from tests.access.addresses import all_addresses, fill, query, states_of
from tests.access.asking import clients
from tests.access.world import build as build_office
from tests.foundation.language.test_doors import columns
from tests.journeys.browsing import PHONE, sign_in
from tests.newsroom.public_site import build
from tests.newsroom.test_old_signs import WORDS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONGEST = 200
LONG = "A" * LONGEST
BODY = f"<h2>{LONG}</h2><p>{LONG}</p><ul><li>{LONG}</li></ul><blockquote><p>{LONG}</p></blockquote>"
# What draws a page wide: the innermost elements that reach over its edge, but scroll in no box of their own.
WIDE = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.right > innerWidth + 1 && box.width > 0;
  });
  const last = wide.filter((one) => !wide.some((other) => other !== one && one.contains(other)));
  return [document.documentElement.scrollWidth, ...last.slice(0, 4).map((one) =>
    `${one.parentElement.tagName}.${one.parentElement.className} > ${one.tagName}.${one.className}`)];
}"""
ROOMS = ("articles.", "departments.", "events.", "documents.", "awards.", "media.", "inbox.", "frontpage.",
         "accounts.User.full_name", "search.Entry")  # fmt: skip
LEFT = ("articles.OldAddress", "articles.PublishedArticle.slug", "articles.PublishedArticle.body_html",
        "articles.Article.body", "media.PhotoExposure", "inbox.Notice.address", "inbox.Notice.permission",
        "inbox.Notice.key", "articles.CheckAnswer.key", "inbox.Notice.claim")  # fmt: skip


def stretch() -> None:
    """Make every word of every record one long word; each keeps its number, so that names stay unique."""
    for name, field in columns().items():
        if not name.startswith(ROOMS) or name.startswith(LEFT) or name.endswith("sha256"):
            continue
        if isinstance(field, fields.NormalURLField | fields.NormalEmailField):
            continue
        table, column, key = field.model._meta.db_table, field.column, field.model._meta.pk.column
        # Some rows are kept as they are (`approvals.immutable`): their words are short ones of the code.
        with suppress(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {column} = substr({key} || %s, 1, %s) WHERE {column} <> ''",  # noqa: S608
                [LONG, min(field.max_length or LONGEST, LONGEST)],
            )
    for page in PublishedArticle.objects.live():
        said = {
            name: stretched(getattr(page, name)) for name in ("hero", "card_photo", "bylines", "corrections")
        }
        tags = [[LONG, slug] for _name, slug in page.tag_names]
        PublishedArticle.objects.filter(pk=page.pk).update(**said, tag_names=tags, body_html=BODY)
    Article.objects.update(body=BODY)
    cache.clear()


def stretched(data):
    if isinstance(data, dict):
        return {key: LONG if key in WORDS and value else stretched(value) for key, value in data.items()}
    return [stretched(one) for one in data] if isinstance(data, list) else data


def test_no_public_page_scrolls_sideways(browse, transactional_db):
    site = build()
    stretch()
    page = browse(PHONE, expected="Failed to load resource")
    found = {}
    for name, address in site.items():
        page.goto(address)
        if wide := page.evaluate(WIDE):
            found[name] = wide
    assert found == {}, "\n".join(f"{name}: {wide}" for name, wide in found.items())


@pytest.mark.parametrize("person", ["truong", "thuky", "thidua", "quantri"])
def test_no_page_of_the_office_scrolls_sideways(person, browse, transactional_db):
    world = build_office()
    stretch()
    client = clients(world)[person]
    page = browse(PHONE, expected="Failed to load resource")
    sign_in(page, world.users[person].username)
    found, seen = {}, 0
    for address in all_addresses():
        if not address.pattern.startswith("admin/") or "logout" in address.name:
            continue
        path = fill(address, world, states_of(address)[-1])
        answer = client.get(path, query(address))
        is_page = answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]
        if not is_page or b"</html>" not in answer.content:
            continue
        seen += 1
        page.goto(path)
        if wide := page.evaluate(WIDE):
            found[address.name] = wide
    assert seen > 15
    assert found == {}, "\n".join(f"{name}: {wide}" for name, wide in found.items())
