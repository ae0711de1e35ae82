"""A unit is chosen among units with one name: told apart, closed ones last, the one of the record's day."""

import datetime

import pytest
from django.contrib import admin
from django.core.management import CommandError
from django.urls import reverse

from awards.models import Decision
from departments.enums import DepartmentKind, RelationKind
from departments.models import Position
from newsroom.management.old_site import _unit
from tests.factories.departments import make_department, make_relation

LAST, FIRST = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)


@pytest.fixture
def offices(registrar):
    """The Sở before the reform and after it, with one name; the older has the lower number."""
    old = Position.objects.get(person__user=registrar).department
    old.valid_until = LAST
    old.save()
    new = make_department(old.name, DepartmentKind.PROVINCE_OFFICE, valid_from=FIRST)
    make_relation(old, RelationKind.SUCCESSION, new, valid_from=FIRST, succession_kind="merge")
    Position.objects.filter(person__user=registrar).update(department=new, valid_from=FIRST)
    return old, new


def labels(field):
    return [str(label) for value, label in field.choices if value]


def test_every_choice_tells_them_apart_with_the_open_one_first(offices, client, registrar, administrator):
    old, new = offices
    told = [new.name, f"{old.name} (đến 30/06/2025)"]
    client.force_login(registrar)
    for page in ("awards_decision", "documents_officialdocument"):
        answer = client.get(reverse(f"admin:{page}_add"), follow=True)
        form = answer.context["adminform"].form
        assert labels(form.fields["issuer"]) == told
    Position.objects.filter(person__user=administrator).update(department=new, valid_from=FIRST)
    client.force_login(administrator)
    asked = {"app_label": "departments", "model_name": "position", "field_name": "department", "term": "so"}
    answer = client.get(reverse("admin:autocomplete"), asked).json()
    assert [one["text"] for one in answer["results"]] == told


def test_a_record_of_an_earlier_day_offers_the_unit_of_that_day_first(offices, rf, registrar):
    old, new = offices
    form_class = admin.site.get_model_admin(Decision).get_form
    request = rf.get("/")
    request.user = registrar
    decision = Decision(issuer=old, signed_on=datetime.date(2025, 3, 1))
    form = form_class(request, decision)(instance=decision)
    assert labels(form.fields["issuer"]) == [f"{old.name} (đến 30/06/2025)", new.name]


def test_the_wrong_one_of_the_two_is_answered_with_the_right_one(offices, client, registrar):
    old, new = offices
    client.force_login(registrar)
    page = reverse("admin:awards_decision_add")
    shown = client.get(page, follow=True)  # with the key of one form
    page, form = shown.redirect_chain[-1][0], shown.context["adminform"].form
    sent = dict.fromkeys(form.fields, "") | {"number": "1/QĐ-SGDĐT", "signer_name": "A", "signer_title": "B"}
    for prefix in ("commendations",):
        sent |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    for unit, day, right in (
        (new, "01/03/2025", f"{old.name} (đến 30/06/2025)"),
        (old, "01/08/2025", new.name),
    ):
        answer = client.post(page, sent | {"issuer": unit.pk, "signed_on": day})
        errors = answer.context["adminform"].form.errors["issuer"]
        assert f"là “{right}”: hãy chọn đơn vị ấy." in errors[0]
        assert answer.context["adminform"].form["number"].value() == "1/QĐ-SGDĐT"  # what was typed stays


def test_the_import_finds_the_open_one_by_its_name_and_asks_about_two(offices):
    old, new = offices
    assert _unit(old.name) == new
    assert _unit(old.code) == old
    make_department("Trường THPT Nguyễn Huệ")
    make_department("Trường THPT Nguyễn Huệ", former_province="Phú Yên (cũ)")
    with pytest.raises(CommandError, match="có ở nhiều đơn vị"):
        _unit("THPT Nguyễn Huệ")
