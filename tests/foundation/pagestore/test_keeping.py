"""What may be kept for every reader: whole public answers, nothing made for one of them."""

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from foundation.pagestore.keeping import keep_page
from foundation.pagestore.middleware import may_be_kept


@pytest.fixture
def request_(rf):
    return rf.get("/")


def declared(request, response=None):
    return keep_page(request, response or HttpResponse("<p>Trang</p>"), "stories")


def test_a_declared_page_may_be_kept(request_):
    assert may_be_kept(declared(request_), request_)


def test_a_page_nobody_declared_may_not(request_):
    assert not may_be_kept(HttpResponse("<p>Trang</p>"), request_)


def test_a_page_that_sets_a_cookie_may_not(request_):
    response = declared(request_)
    response.set_cookie("sessionid", "x")
    assert not may_be_kept(response, request_)


def test_a_page_with_a_nonce_may_not(request_):
    response = declared(request_)
    response.headers["Content-Security-Policy"] = "script-src 'nonce-abc'"
    assert not may_be_kept(response, request_)


@pytest.mark.parametrize("status", [302, 403, 500, 503])
def test_a_refusal_or_a_failure_may_not(request_, status):
    assert not may_be_kept(declared(request_, HttpResponse(status=status)), request_)


def test_an_answer_in_pieces_or_to_another_question_may_not(request_, rf):
    assert not may_be_kept(declared(request_, StreamingHttpResponse(["Trang"])), request_)
    posted = rf.post("/")
    assert not may_be_kept(declared(posted), posted)
