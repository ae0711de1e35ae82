"""No form of the office fails because a choice is no number."""

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.utils.datastructures import MultiValueDict

from foundation.choosing.boxes import ChoicesField, ChoosingAdminMixin
from media.models import Pupil
from tests.factories.media import make_pupil

ODD = ["a\0b", "-1", "99999999999999999999", "²", "<!-- x -->"]


def admins() -> list[type[BaseModelAdmin]]:
    found = [type(one) for one in admin.site._registry.values()]
    return [one for top in found for one in (top, *top.inlines)]


def test_every_form_with_autocompletion_takes_any_choice():
    with_boxes = [one for one in admins() if one.autocomplete_fields]
    assert len(with_boxes) > 8
    assert [one for one in with_boxes if not issubclass(one, ChoosingAdminMixin)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("value", ODD)
def test_an_odd_choice_is_refused_in_words(value, client, administrator):
    client.force_login(administrator)
    words = {"full_name": "Nguyễn Thị Mẫu", "user": value}
    words |= {"positions-TOTAL_FORMS": "1", "positions-INITIAL_FORMS": "0", "positions-0-department": value}
    page = client.post("/admin/departments/person/add/", words)
    assert page.status_code == 200
    assert "Nguyễn Thị Mẫu" in page.text
    assert page.context["adminform"].form.errors.keys() == {"user"}


@pytest.mark.django_db
@pytest.mark.parametrize("value", ODD)
def test_one_odd_choice_of_several_is_refused_in_words(value, client, administrator):
    class Form(forms.Form):
        pupils = ChoicesField(Pupil.objects.all(), required=False)

    kept = make_pupil()
    form = Form(MultiValueDict({"pupils": [str(kept.pk), value]}))
    assert form.errors.keys() == {"pupils"}
    assert list(Form(MultiValueDict({"pupils": [str(kept.pk)]})).fields["pupils"].clean([str(kept.pk)])) == [
        kept
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["", *ODD])
def test_an_odd_row_chosen_in_a_list_is_left_out(value, client, administrator):
    client.force_login(administrator)
    sent = {"action": "delete_selected", "_selected_action": [value], "index": "0"}
    page = client.post("/admin/departments/dayoff/", sent, follow=True)
    assert "Bạn chưa chọn mục nào" in page.text
