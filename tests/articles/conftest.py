"""Everybody who may meet a story, by the part they play."""

import pytest

from accounts.models import User
from tests.factories.departments import make_user


@pytest.fixture
def second_head(province):
    """Another person who may decide: head of the unit above."""
    return make_user("truongphong", "head", province, full_name="Đặng Thị Mai")


@pytest.fixture
def superuser(db):
    return User.objects.create_superuser(
        "goc", password="x", full_name="Quản trị gốc", email="goc@vidu.example"
    )


@pytest.fixture
def everybody(request, db):
    parts = {
        "writer": "collaborator",
        "head": "head",
        "other writer": "other_collaborator",
        "other head": "other_head",
        "desk editor": "desk_editor",
        "managing editor": "managing_editor",
        "registrar": "registrar",
        "administrator": "administrator",
        "auditor": "auditor",
    }
    return {part: request.getfixturevalue(fixture) for part, fixture in parts.items()}
