"""What counts on a day, and who sees which month. Nothing here is ever public."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from departments.access import scope

VIEW, PREPARE, CHECK, APPROVE, CLOSE = (
    f"fees.{act}_feemonth" for act in ("view", "change", "check", "approve", "close")
)
VIEW_PAYEES, CHANGE_PAYEES, ADD_PAYEES = (f"fees.{act}_payee" for act in ("view", "change", "add"))
READ_NUMBERS = "fees.read_numbers_payee"


class LegalRowQuerySet(models.QuerySet):
    """Rows of the law and of the office."""

    def on(self, day: datetime.date) -> Self:
        """Return the rows in force on the day, the office's own first, then the newest."""
        held = self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)
        return held.order_by("from_pack", "-valid_from", "pk")


class OwnedQuerySet(models.QuerySet):
    """Payees, by the unit that pays."""

    def visible_to(self, user: Any) -> Self:
        """Return the payees of the units for which the user keeps them."""
        return self.filter(payer__department__in=scope(user, VIEW_PAYEES))


class MonthQuerySet(models.QuerySet):
    """Months, by the unit that pays."""

    def visible_to(self, user: Any) -> Self:
        """Return the months of the units over whose work the user may see them."""
        return self.filter(department__in=scope(user, VIEW))
