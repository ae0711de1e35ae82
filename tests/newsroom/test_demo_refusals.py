"""What the demo refuses to do, and what it leaves as it was."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from newsroom.demo import loading
from newsroom.demo.clock import at, moment


def run(**options) -> None:
    call_command("demo", no_serve=True, stdout=io.StringIO(), **options)


def test_it_does_not_mix_with_somebodys_newsroom(db, settings, tmp_path):
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    User.objects.create_user("toasoan", full_name="Người thật")
    for options in ({}, {"reset": True}):
        with pytest.raises(CommandError, match="không phải bản dùng thử"):
            run(**options)
    assert User.objects.get().username == "toasoan"


def test_it_is_refused_where_demo_is_off(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        run()


def test_the_clock_is_given_back(db):
    with pytest.raises(ZeroDivisionError), at(moment(2017, 11, 10)):
        assert timezone.localdate().year == 2017
        1 / 0  # noqa: B018
    assert timezone.localdate().year > 2017


def test_the_demo_is_known_when_it_is_there(db):
    assert not loading.is_loaded()
