"""The addresses of passkeys answer in words whatever is sent to them; no browser sends this."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from second_factor.keys import WORDS
from tests.signing_in import half_sign_in

KEY = {
    "id": "QQ",
    "rawId": "QQ",
    "type": "public-key",
    "response": {"clientDataJSON": "QQ", "authenticatorData": "QQ", "signature": "QQ", "userHandle": "é"},
}
NO_JSON = {
    "not UTF-8": b"\xff",
    "nested without end": b"[" * 200_000,
    "5,000 digits": b"1" * 5000,
    "half a string": b'"\\ud800',
}


@pytest.fixture
def at_door(head):
    client = Client()
    half_sign_in(client, head)
    return client


def send(client, name, words):
    return client.post(reverse(f"admin:key_{name}"), words, content_type="application/json")


@pytest.mark.parametrize("words", NO_JSON.values(), ids=NO_JSON.keys())
@pytest.mark.parametrize("ceremony", ["registration", "authentication"])
@pytest.mark.parametrize("step", ["begin", "done"])
def test_what_cannot_be_read_is_refused_in_words(at_door, ceremony, step, words):
    answer = send(at_door, f"{ceremony}_{step}", words)
    assert (answer.status_code, answer.json()["detail"]) == (400, WORDS["malformed_request"])


def test_what_is_no_answer_of_a_key_is_refused_in_words(at_door):
    words = json.dumps(KEY).encode()
    send(at_door, "authentication_begin", b"")
    answer = send(at_door, "authentication_done", words)
    assert (answer.status_code, answer.json()["detail"]) == (400, WORDS["malformed_request"])
    again = send(at_door, "authentication_done", words)
    assert again.json()["detail"] == WORDS["invalid_state"]  # one question, one answer
