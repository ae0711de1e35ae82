import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts.codes import make_code
from accounts.models import User
from tests.factories.departments import PASSWORD, make_user


def test_an_account_is_made_with_a_full_name(db):
    user = User.objects.create_user("lan", email="lan@vidu.example", full_name="Nguye\u0302\u0303n Thị Lan")
    assert user.full_name == "Nguyễn Thị Lan"
    assert not user.has_usable_password()
    assert not (user.is_staff or user.is_superuser)
    assert str(user) == user.get_full_name() == "Nguyễn Thị Lan"


def test_the_first_account_is_made_by_command(db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    options = {"username": "chu", "email": "chu@vidu.example", "full_name": "Chủ", "interactive": False}
    call_command("createsuperuser", **options)
    assert User.objects.get(username="chu").is_superuser


@pytest.mark.parametrize(
    ("full_name", "called"),
    [("Nguyễn Thị Ngọc Lan", "Lan"), ("Y Phu Êban", "Phu"), ("H’Lan Byă", "Lan"), ("", "")],
)
def test_people_are_called_by_their_given_name(full_name, called):
    assert User(full_name=full_name).get_short_name() == called


def test_a_capital_typed_by_the_phone_is_no_other_account(db, rf):
    user = make_user("ctv")
    assert authenticate(rf.post("/"), username="Ctv", password=PASSWORD) == user
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user("CTV")


def test_accounts_are_listed_as_vietnamese_sorts_names(db):
    for name in ("Trần Văn Ấn", "Nguyễn Thị An", "Đào Bình", "Bùi An"):
        make_user(full_name=name)
    names = list(User.objects.values_list("full_name", flat=True))
    assert names == ["Bùi An", "Nguyễn Thị An", "Trần Văn Ấn", "Đào Bình"]


def test_made_passwords_differ_and_have_no_letters_that_look_alike():
    made = {make_code() for _ in range(50)}
    assert len(made) == 50
    assert not set("".join(made)) & set("0o1liIO")
