"""Controls of forms look as Django's own templates draw them."""

from pathlib import Path

import django
import pytest
from django import forms
from django.template import Context, Engine

OWN = Path(django.__file__).parent / "forms" / "templates"
ATTRIBUTES = {"id": "x", "required": True, "disabled": False, "maxlength": 40, "data-a": '"><b>'}


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.TextInput(ATTRIBUTES), '"><script>'),
        (forms.TextInput(), None),
        (forms.HiddenInput(), 0),
        (forms.Textarea(ATTRIBUTES), "</textarea>"),
        (forms.CheckboxInput(ATTRIBUTES), True),
        (forms.Select(ATTRIBUTES, [("", "---"), ("a&b", "<Tổ>"), ("Nhóm", [(1, "Một")])]), "a&b"),
        (forms.SelectMultiple(choices=[(1, "Một"), (2, "Hai")]), [2]),
    ],
)
def test_a_control_is_written_as_django_writes_it(widget, value):
    context = widget.get_context("ten", value, None)
    theirs = Engine(dirs=[OWN]).get_template(widget.template_name).render(Context(context))
    assert sorted(_parts(widget.render("ten", value))) == sorted(_parts(theirs))


def _parts(html):
    return html.replace("<", " <").replace(">", " > ").split()
