"""A real Varnish with the limits we hand out refuses a flood in words; what it has is never counted."""

from pathlib import Path

import pytest

from tests.floods import idle_application, statuses
from tests.nginx import free_port
from tests.nodes import VARNISH, varnish

MODULE = next(Path("/usr/lib").glob("*/varnish/vmods/libvmod_vsthrottle.so"), None)


@pytest.mark.skipif(not (VARNISH and MODULE), reason="no varnish or varnish-modules on this machine")
def test_varnish_refuses_a_flood_in_words_and_lets_a_class_through():
    port = free_port()
    with idle_application() as there, varnish(port, [int(there.rpartition(":")[2])] * 2, limited=True):
        assert set(statuses(port, "/tim-kiem/?q=lan", 90)[0]) == {200}
        found, refused, words = statuses(port, "/khen-thuong/xac-minh/?ma=1", 300)
        assert found[429] > 100
        assert "Chờ 30 giây rồi mở lại" in words
        assert (refused.headers["Retry-After"], refused.headers["Cache-Control"]) == ("30", "no-store")
        assert set(statuses(port, "/tin/?la=1", 50)[0]) == {200}
        assert set(statuses(port, "/uploads/anh/x/480.jpg", 700)[0]) == {200}
        assert statuses(port, "/admin/login/", 60, "POST")[0][429] > 0
