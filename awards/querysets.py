"""Which commendations the public sees, which a member of staff, and how the register is narrowed."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from approvals.enums import RecordStatus
from departments.access import scope
from departments.lineage import merged_into
from departments.models import Department, SchoolYear
from documents.numbering import number_key
from foundation.language.searching import search_words
from foundation.search.parts import begun


class NaturalKeyManager(models.Manager):
    """Rows that fixtures name by what is true of them, so that loading twice changes nothing."""

    def get_by_natural_key(self, *values: Any) -> models.Model:
        return self.get(**dict(zip(self.model.natural_fields, values, strict=True)))


class DecisionQuerySet(models.QuerySet):
    def public(self) -> Self:
        """What readers may see: the only door of public pages, feeds and search."""
        return self.filter(status=RecordStatus.PUBLIC)

    def withdrawn(self) -> Self:
        """What readers have seen and do not see now: for a notice that says so, never for its text."""
        return self.exclude(status=RecordStatus.PUBLIC).exclude(published_at=None)

    def visible_to(self, user: Any) -> Self:
        """Public decisions for all staff, others where the person may view or change them."""
        units = scope(user, "awards.view_decision") | scope(user, "awards.change_decision")
        return self.filter(Q(status=RecordStatus.PUBLIC) | Q(issuer_id__in=units))

    def in_school_year(self, year: SchoolYear) -> Self:
        """Decisions said to be of the year, or signed within it where none is said."""
        return self.filter(of_year(year.pk, year.starts_on, year.ends_on))

    def for_department(self, department: Department) -> Self:
        """Decisions by which the unit, a unit it alone carries on, or somebody there was commended."""
        return self.filter(commendations__department__in=merged_into(department.pk)).distinct()

    def matching(self, query: str) -> Self:
        """Those whose number holds what was typed, or whose summary or a recipient's name holds its words."""
        found = Q(pk__in=[])
        if key := number_key(query):
            found |= Q(number_key__contains=key)
        if words := search_words(query):
            rows = self.model._meta.get_field("commendations").related_model.objects.named(query)
            found |= Q(*map(begun, words))
            found |= Exists(rows.filter(decision=OuterRef("pk")))
        return self.filter(found) if query.strip() else self


class CommendationQuerySet(models.QuerySet):
    def public(self) -> Self:
        return self.filter(decision__status=RecordStatus.PUBLIC)

    def of(self, decisions: Any) -> Self:
        """Rows of these decisions (keys or a queryset), which the caller has found by a door of theirs."""
        return self.filter(decision__in=decisions)

    def withdrawn(self) -> Self:
        """What readers have seen and do not see now: for a notice that says so, never for its text."""
        return self.exclude(decision__status=RecordStatus.PUBLIC).exclude(published_at=None)

    def visible_to(self, user: Any) -> Self:
        units = scope(user, "awards.view_commendation") | scope(user, "awards.change_commendation")
        return self.filter(Q(decision__status=RecordStatus.PUBLIC) | Q(decision__issuer_id__in=units))

    def in_school_year(self, year: SchoolYear) -> Self:
        return self.filter(of_year(year.pk, year.starts_on, year.ends_on, prefix="decision__"))

    def for_department(self, department: Department) -> Self:
        """Rows of the unit and of the units it alone carries on, as its own page gathers them."""
        return self.filter(department__in=merged_into(department.pk))

    def by_name(self, query: str) -> Self:
        """Recipients whose name holds every word of the query, marks aside, or words they begin.

        A withheld name is not found: asking for it would give it away.
        """
        return self.named(query).named_in_public()

    def named_in_public(self) -> Self:
        """Those whose name readers see; the same rule as `Commendation.is_nameless`."""
        return self.filter(withheld_on=None, lacks_consent=False)

    def unrevoked(self) -> Self:
        """Those no later decision has revoked."""
        return self.filter(revoked_on=None)

    def named(self, query: str) -> Self:
        """The same for staff, who find withheld names too. No word finds nobody."""
        words = search_words(query)
        return self.filter(*map(begun, words)) if words else self.none()


def of_year(key: Any, first: Any, last: Any, *, prefix: str = "") -> Q:
    """Condition on decisions: of that school year, or of none and signed between its days."""
    unsaid = Q(**{f"{prefix}school_year": None})
    within = Q(**{f"{prefix}signed_on__gte": first, f"{prefix}signed_on__lte": last})
    return Q(**{f"{prefix}school_year": key}) | unsaid & within
