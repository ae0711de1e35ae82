"""Ask an address as a person, and say in one sign what came of it; nothing that was done stays."""

import re
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from tests.access.addresses import Address, fill, post_data, query
from tests.access.world import PEOPLE, World

IN, WROTE, ELSEWHERE, NO, SIGN_IN, NO_SUCH = "✓", "ghi", "→", "–", "đn", "·"
# What is written whenever somebody looks: sessions, attempts, who is on a page, whose notice was read.
_LOOKING = re.compile(
    r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?+(?!accounts_session|pagestore_|articles_presence)', re.I
)


def clients(world: World) -> dict[str, Client]:
    found = {name: Client(raise_request_exception=True) for name in PEOPLE}
    for name, client in found.items():
        if name in world.users:
            client.force_login(world.users[name])
    return found


def ask(client: Client, address: Address, method: str, world: World, state: str) -> str:
    """One cell of the table."""
    wrote: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if _LOOKING.match(sql):
            wrote.append(sql)
        return execute(sql, params, many, context)

    path = fill(address, world, state)
    with transaction.atomic():
        cookies = client.cookies.copy()
        if method == "POST":
            data = post_data(address, world, state)
            with connection.execute_wrapper(watch):
                answer = client.post(path, data)
        else:
            with connection.execute_wrapper(watch):
                answer = client.get(path, query(address))
        word = _word(answer, bool(wrote))
        if answer.streaming:
            list(answer.streaming_content)  # to the end: the file is closed then
        transaction.set_rollback(True)
    client.cookies = cookies
    cache.clear()
    return word


def _word(answer: Any, wrote: bool) -> str:
    if answer.status_code == 405:
        return NO_SUCH
    if answer.status_code in (301, 302):
        if "/admin/login/" in answer.headers["Location"]:
            return SIGN_IN
        return WROTE if wrote else ELSEWHERE
    if answer.status_code in (403, 404, 409, 410):
        return NO
    return WROTE if wrote else IN
