"""The demo's well-known password opens the demo and nothing else."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User


@pytest.fixture
def demo_account(db, settings):
    return User.objects.create_user("ctv", password=settings.DEMO_PASSWORD, full_name="Nguyễn Thị Hồng Nhung")


def test_it_opens_the_demo(demo_account, settings):
    settings.DEMO = True
    assert authenticate(username="ctv", password=settings.DEMO_PASSWORD) == demo_account


def test_it_is_refused_where_demo_is_off(demo_account, settings):
    settings.DEMO = False
    assert demo_account.check_password(settings.DEMO_PASSWORD)
    assert authenticate(username="ctv", password=settings.DEMO_PASSWORD) is None


def test_other_passwords_work_where_demo_is_off(demo_account, settings):
    settings.DEMO = False
    demo_account.set_password("mat-khau-rieng-cua-toi")
    demo_account.save()
    assert authenticate(username="ctv", password="mat-khau-rieng-cua-toi") == demo_account


def test_nobody_may_choose_it(demo_account, settings):
    for password in (settings.DEMO_PASSWORD, "Phòng biên tập 2027"):
        with pytest.raises(ValidationError, match="dễ đoán"):
            validate_password(password, demo_account)
