"""Each test runs for an event and for a commendation decision; files go to a folder of the test's own."""

import pytest

from accounts.roles import Role
from tests.factories.departments import make_position, make_user
from tests.records.steps import make, move


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(params=["event", "decision"])
def kind(request):
    return request.param


@pytest.fixture
def draft(kind, school):
    return make(kind, school)


@pytest.fixture
def waiting(draft, clerk):
    return move(draft, "submit", clerk)


@pytest.fixture
def clerk(school):
    """Types and sends records of both kinds."""
    user = make_user("vanthu", Role.REGISTRAR, school, full_name="Vũ Thị Thư")
    make_position(user.person, school, Role.DESK_EDITOR)
    return user


@pytest.fixture
def deputy(school):
    return make_user("pho", Role.DEPUTY, school, full_name="Võ Thị Sáu", title="Phó Hiệu trưởng")


@pytest.fixture
def director(province):
    return make_user("giamdoc", Role.HEAD, province, full_name="Đặng Thị Mai", title="Giám đốc")
