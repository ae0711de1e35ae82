"""Select boxes of the writing screen without the slow parts of Django's."""

from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import HttpRequest

from foundation.choosing.boxes import ChoiceBox, ChoosingAdminMixin


class ChosenOnly(ChoiceBox):
    """Makes no query for an empty box; Django's widget also looks up the label of no choice."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[tuple]:
        if any(value):
            return super().optgroups(name, value, attrs)
        return [(None, [] if self.is_required else [self.create_option(name, "", "", False, 0)], 0)]


class WithoutSideDoors(ChoosingAdminMixin):
    """Removes the add, change and view links beside select boxes. They cost 2 ms for each box."""

    choice_box = ChosenOnly

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field
