"""Only plain addresses become file names; display and tracking words are told apart."""

import pytest

from foundation.pagestore.addresses import USUAL, file_of, query_asked, variant_of, without_tracking


@pytest.mark.parametrize(
    ("path", "query", "file"),
    [
        ("/", "", "vua.may/index.html.gz"),
        ("/bai-viet/dak-lak-3/", "", "vua.may/bai-viet/dak-lak-3/index.html.gz"),
        ("/chuyen-muc/tin/", "truoc=12", "vua.may/chuyen-muc/tin/index@truoc=12.html.gz"),
        ("/rss.xml", "", "vua.may/rss.xml.gz"),
        ("/chuyen-muc/tin/", "truoc=12&q=1", None),
        ("/chuyen-muc/tin/", "truoc=../x", None),
        ("/../etc/", "", None),
        ("/a//b/", "", None),
        ("/.hidden/", "", None),
        ("/tìm/", "", None),
        ("/a%2e%2e/", "", None),
        ("/" + "a" * 400 + "/", "", None),
    ],
)
def test_which_file_an_address_has(path, query, file):
    assert file_of(path, query, USUAL) == file


def test_a_display_chosen_has_its_own_pages_but_feeds_have_not():
    assert file_of("/tin/", "", "lon.toi") == "lon.toi/tin/index.html.gz"
    assert file_of("/rss.xml", "", "lon.toi") == "vua.may/rss.xml.gz"


@pytest.mark.parametrize(
    ("cookies", "variant"),
    [
        ("", USUAL),
        ("hien-thi=lon.toi", "lon.toi"),
        ("a=b; hien-thi=rat-lon.sang; c=d", "rat-lon.sang"),
        ("hien-thi=../../etc", USUAL),
        ("xhien-thi=lon.toi", USUAL),
    ],
)
def test_the_cookie_says_which_display(cookies, variant):
    assert variant_of(cookies) == variant


def test_words_of_social_networks_change_no_page():
    assert without_tracking("fbclid=abc") == ""
    assert without_tracking("utm_source=zalo&truoc=3&zarsrc=30") == "truoc=3"


def test_what_a_form_left_empty_changes_no_page_either():
    assert query_asked("nam-hoc=2017&hinh-thuc=&don-vi=&ten=") == "nam-hoc=2017"
    assert query_asked("ten=&hieu_luc=con&fbclid=a") == "hieu_luc=con"
    assert query_asked("q=&q=b&Ten=&=") == "q=b&Ten=&="
