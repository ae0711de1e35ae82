"""What a broken program, a careless paste or an attacker sends: every form, field by field."""

import random
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_from_bytes, urljoin, urlsplit

from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.test import Client, TestCase
from lxml import html

Pairs = tuple[tuple[str, str], ...]
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
_TITLE = b'--x\r\nContent-Disposition: form-data; name="title"'
ODD_WORDS = {
    "nothing": "",
    "control signs": "a\x01\x02\x0b\x1b\x7f\x85b",
    "null": "a\0b",
    "null alone": "\0",
    "half a sign": "a\ud800b",
    "half a sign alone": "\udfff",
    "turned round": "a\u202eb\u2066c\ufeff\ufffe",
    "spaces": " " * 100_000,
    "line ends": "\r\n" * 50_000,
    "one long word": "x" * 100_000,
    "long Vietnamese": "Nguyễn " * 15_000,
    "marks on marks": "e" + "\u0323\u0302" * 20_000,
    "minus": "-1",
    "huge number": "9" * 400,
    "beyond a row's number": "9223372036854775808",
    "Arabic digits": "٣",
    "superscript": "²",
    "number with point": "1e5",
    "no number": "NaN",
    "list": "[1, 2]",
    "deep list": "[" * 20_000,
    "markup": "</textarea><script>x</script><!--",
    "template": "{{ x }}{% y %}%s%(a)s%",
    "formula": "=1+1",
    "address": "javascript:alert(1)",
    "broken address": "http://[x",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "last moment": "9999-12-31T23:59",
    "no day": "31/02/2026",
    "pattern": "%_\\%",
    "question": "' OR 1=1; --",
    "path": "../../etc/passwd",
}
COUNTS = ("", "-1", "x", "9" * 400, "2001", "0", "٣", "1000000")
FILES = {
    "empty": ("a.docx", b"", "application/octet-stream"),
    "words": ("a.docx", "Chữ".encode(), "text/plain"),
    "web page": ("a.xlsx", b"<html><table><tr><td>x", "text/html"),
    "zip cut short": ("a.xlsx", b"PK\x03\x04" + b"\0" * 40, "application/zip"),
    "noise": ("a.jpg", bytes(range(256)) * 40, "image/jpeg"),
    "PDF cut short": ("a.pdf", b"%PDF-1.7\n1 0 obj <<", "application/pdf"),
    "picture cut short": ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
    "no name": ("", b"x", ""),
    "path as name": ("../../a.jpg", b"x", "image/jpeg"),
    "long name": ("a" * 5000 + ".pdf", b"%PDF-1.7", "application/pdf"),
    "odd name": ('a\x01\ud800\u202e;".csv', "Họ tên\nLan".encode("utf-16"), "text/csv"),
    "vector": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
}
REQUESTS = {
    "nothing": (b"", FORM),
    "JSON": (b'{"title": "a"}', "application/json"),
    "deep JSON": (b"[" * 200_000, "application/json"),
    "JSON as a form": (b'{"title": "a"}', FORM),
    "no UTF-8": (b"\xff\xfe=\xff&title=\xc3\x28", FORM),
    "unknown letters": (b"title=a", FORM + "; charset=khong-co"),
    "other letters": ("title=ả".encode("utf-16"), FORM + "; charset=utf-16"),
    "words": (b"title=a", "text/plain"),
    "no kind": (b"title=a", ""),
    "no kind at all": (b"title=a", "/;=;;"),
    "no boundary": (b"--x\r\n", "multipart/form-data"),
    "cut short": (
        b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nab',
        "multipart/form-data; boundary=x",
    ),
    "no such coding": (_TITLE + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%\r\n--x--\r\n", PARTS),
    "long boundary": (b"x", "multipart/form-data; boundary=" + "x" * 5000),
    "odd boundary": (b"x", "multipart/form-data; boundary=\xe9"),
    "signs only": (b"&=&&==&%&%zz=%zz&;", FORM),
    "long name": (b"x" * 100_000 + b"=1", FORM),
}


@dataclass(frozen=True)
class Form:
    """A form of a page: where it is sent, what it holds when nobody has typed, which fields take files."""

    path: str
    pairs: Pairs
    files: tuple[str, ...]

    @property
    def kind(self) -> tuple[Any, ...]:
        return self.path, frozenset(name for name, _value in self.pairs), self.files


@dataclass
class Answer:
    form: Form
    what: str
    status: int
    seconds: float  # of work, not of waiting
    trace: str = ""
    wrote: int = 0

    @property
    def is_fault(self) -> bool:
        return self.status >= 500 or bool(self.trace) or self.seconds > 2

    def __str__(self) -> str:
        where = f"{self.form.path} ({self.what[:60]}): {self.status} in {self.seconds:.1f} s"
        return f"{where}\n{self.trace[-2000:]}"


def forms_of(path: str, text: str) -> Iterator[Form]:
    """Yield the forms of a page that are sent by POST, a button's own address and words counted."""
    if not text.strip():
        return
    for found in html.fromstring(text).iter("form"):
        if found.get("method", "").lower() != "post":
            continue
        outside = (found.get("id") and found.getroottree().xpath("//*[@form=$id]", id=found.get("id"))) or []
        parts = [*found.iter("input", "textarea", "select", "button"), *outside]
        pairs, files, buttons = [], [], []
        for part in parts:
            name, kind = part.get("name"), part.get("type", "")
            if part.tag == "button" or kind == "submit":
                buttons.append((part.get("formaction"), name, part.get("value", "")))
            elif not name or "__prefix__" in name or name == "csrfmiddlewaretoken":
                continue
            elif kind == "file":
                files.append(name)
            elif kind not in ("checkbox", "radio") or part.get("checked") is not None:
                pairs.append((name, _value(part)))
        for action, name, value in buttons or [(None, None, "")]:
            address = urlsplit(urljoin(path, action or found.get("action") or path))
            pressed = [(name, value)] if name else []
            yield Form(f"{address.path}?{address.query}".rstrip("?"), (*pairs, *pressed), tuple(files))


def _value(part: Any) -> str:
    if part.tag == "textarea":
        return part.text or ""
    if part.tag == "select":
        options = list(part.iter("option"))
        chosen = [o for o in options if o.get("selected") is not None] or [
            o for o in options if o.get("value")
        ]
        return str(chosen[0].get("value") or "") if chosen else ""
    return str(part.get("value", ""))


# --- the ways to send it --------------------------------------------------------------------------------

Sent = tuple[str, bytes, str]  # what is odd, the body, its kind


def variants(form: Form, chance: random.Random | None = None, some: int = 0) -> Iterator[Sent]:
    """Yield ways to send a form wrongly; with `chance`, `some` of them."""
    makers = list(_makers(form))
    for make in chance.sample(makers, min(some, len(makers))) if chance else makers:
        yield make()


def _makers(form: Form) -> Iterator[Any]:
    fields = dict(form.pairs)
    names = [name for name in fields if not name.endswith("_FORMS")]
    for what, value in ODD_WORDS.items():
        yield lambda w=what, v=value: (f"all: {w}", *as_words(_with(form, dict.fromkeys(names, v))))
        for name in names:
            yield lambda n=name, w=what, v=value: (f"{n}: {w}", *as_words(_with(form, {n: v})))
    for name in fields:
        yield lambda n=name: (f"{n}: missing", *as_words([p for p in form.pairs if p[0] != n]))
        yield lambda n=name: (f"{n}: twice", *as_words([*form.pairs, (n, "x"), (n, "")]))
        yield lambda n=name: (
            f"{n}: a file",
            *as_parts([p for p in form.pairs if p[0] != n], [(n, FILES["noise"])]),
        )
    for name in (name for name in fields if name.endswith("_FORMS")):
        for count in COUNTS:
            yield lambda n=name, c=count: (f"{n}: {c[:9]}", *as_words(_with(form, {n: c})))
    for name in form.files:
        for what, file in FILES.items():
            yield lambda n=name, w=what, f=file: (f"{n}: file {w}", *as_parts(form.pairs, [(n, f)]))
        yield lambda n=name: (f"{n}: words", *as_parts([*form.pairs, (n, "chữ")], []))
        yield lambda n=name: (
            f"{n}: many files",
            *as_parts(form.pairs, [(n, FILES["noise"]), (n, FILES["empty"]), (n, FILES["vector"])]),
        )
    for what, (body, kind) in REQUESTS.items():
        yield lambda w=what, b=body, k=kind: (f"request: {w}", b, k)


def _with(form: Form, odd: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, odd.get(name, value)) for name, value in form.pairs]


def as_words(pairs: Any) -> tuple[bytes, str]:
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs).encode(), FORM


def _quoted(text: str) -> str:
    return quote_from_bytes(text.encode(errors="surrogatepass"))


def as_parts(pairs: Any, files: Any) -> tuple[bytes, str]:
    lines = []
    for name, value in pairs:
        lines += [
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode(
                errors="surrogatepass"
            )
        ]
    for name, (file_name, content, kind) in files:
        head = f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
        lines += [f"{head}Content-Type: {kind}\r\n\r\n".encode(errors="surrogatepass"), content, b"\r\n"]
    return b"".join([*lines, b"--x--\r\n"]), PARTS


# --- asking ---------------------------------------------------------------------------------------------


@dataclass
class Listener:
    traces: list[str] = field(default_factory=list)

    def __call__(self, **_: Any) -> None:
        self.traces.append(traceback.format_exc())


def send(client: Client, form: Form, sent: Sent) -> Answer:
    """Send it; nothing of it stays. An exception that the product did not turn into words is a fault."""
    what, body, kind = sent
    listener, wrote = Listener(), []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            wrote.append(sql)
        return execute(sql, params, many, context)

    cookies, status, began = client.cookies.copy(), 599, time.process_time()
    got_request_exception.connect(listener)
    try:
        with transaction.atomic(), connection.execute_wrapper(watch):
            with TestCase.captureOnCommitCallbacks(execute=True):
                answer = client.generic("POST", form.path, body, content_type=kind)
            if answer.streaming:
                list(answer.streaming_content)
            status = answer.status_code
            connection.check_constraints() if wrote else None
            transaction.set_rollback(True)
    except Exception:
        listener()
    finally:
        got_request_exception.disconnect(listener)
    client.cookies = cookies
    cache.clear()
    return Answer(form, what, status, time.process_time() - began, "".join(listener.traces[-1:]), len(wrote))
