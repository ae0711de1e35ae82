"""Which commendations readers and staff see, and the filters of the register."""

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
    """Rows that fixtures name by natural key, so that loading twice changes nothing."""

    def get_by_natural_key(self, *values: Any) -> models.Model:
        return self.get(**dict(zip(self.model.natural_fields, values, strict=True)))


class DecisionQuerySet(models.QuerySet):
    """Decisions, by who may see them."""

    def public(self) -> Self:
        """Decisions that readers may see. Every public page, feed and search uses this filter."""
        return self.filter(status=RecordStatus.PUBLIC)

    def withdrawn(self) -> Self:
        """Decisions that were public and are not now: only for a notice, never for their text."""
        return self.exclude(status=RecordStatus.PUBLIC).exclude(published_at=None)

    def visible_to(self, user: Any) -> Self:
        """Public decisions for all staff; others where the person may view or change them."""
        units = scope(user, "awards.view_decision") | scope(user, "awards.change_decision")
        return self.filter(Q(status=RecordStatus.PUBLIC) | Q(issuer_id__in=units))

    def in_school_year(self, year: SchoolYear) -> Self:
        """Decisions with this school year, or without one and signed within it."""
        return self.filter(of_year(year.pk, year.starts_on, year.ends_on))

    def for_department(self, department: Department) -> Self:
        """Decisions that commend the unit, one merged only into it, or somebody there."""
        return self.filter(commendations__department__in=merged_into(department.pk)).distinct()

    def matching(self, query: str) -> Self:
        """Decisions whose number contains the query, or whose summary or a recipient's name has its words."""
        found = Q(pk__in=[])
        if key := number_key(query):
            found |= Q(number_key__contains=key)
        if words := search_words(query):
            rows = self.model._meta.get_field("commendations").related_model.objects.named(query)
            found |= Q(*map(begun, words))
            found |= Exists(rows.filter(decision=OuterRef("pk")))
        return self.filter(found) if query.strip() else self


class CommendationQuerySet(models.QuerySet):
    """Rows of the register, by who may see them."""

    def public(self) -> Self:
        """Rows of public decisions."""
        return self.filter(decision__status=RecordStatus.PUBLIC)

    def of(self, decisions: Any) -> Self:
        """Rows of these decisions (ids or a queryset). The caller has checked who may see them."""
        return self.filter(decision__in=decisions)

    def withdrawn(self) -> Self:
        """Rows that were public and are not now: only for a notice, never for their text."""
        return self.exclude(decision__status=RecordStatus.PUBLIC).exclude(published_at=None)

    def visible_to(self, user: Any) -> Self:
        """Rows of public decisions for all staff; others where the person may view or change them."""
        units = scope(user, "awards.view_commendation") | scope(user, "awards.change_commendation")
        return self.filter(Q(decision__status=RecordStatus.PUBLIC) | Q(decision__issuer_id__in=units))

    def in_school_year(self, year: SchoolYear) -> Self:
        """Rows of decisions with this school year, or without one and signed within it."""
        return self.filter(of_year(year.pk, year.starts_on, year.ends_on, prefix="decision__"))

    def for_department(self, department: Department) -> Self:
        """Rows of the unit and of units merged only into it, as on its own page."""
        return self.filter(department__in=merged_into(department.pk))

    def by_name(self, query: str) -> Self:
        """Recipients whose name contains every word of the query or a word that begins with it, ignoring
        accents.

        A withheld name is not found, because finding it would reveal it.
        """
        return self.named(query).named_in_public()

    def named_in_public(self) -> Self:
        """Rows whose name readers see. The same rule as `Commendation.is_nameless`."""
        asked = Q(is_pupil=False) | Q(consent_asked=True)
        return self.filter(asked, withheld_on=None, lacks_consent=False)

    def unasked_pupils(self) -> Self:
        """Pupils about whom the consent register was not asked yet, of decisions that were ever public."""
        return self.filter(is_pupil=True, consent_asked=False).exclude(published_at=None)

    def unrevoked(self) -> Self:
        """Rows that no later decision has revoked."""
        return self.filter(revoked_on=None)

    def named(self, query: str) -> Self:
        """The same as `by_name` for staff, who also find withheld names. No word finds nothing."""
        words = search_words(query)
        return self.filter(*map(begun, words)) if words else self.none()


def of_year(key: Any, first: Any, last: Any, *, prefix: str = "") -> Q:
    """Returns the condition on decisions: of this school year, or of none and signed between its days.

    `key`, `first` and `last` are the year's id and days, or expressions for them.
    """
    unsaid = Q(**{f"{prefix}school_year": None})
    within = Q(**{f"{prefix}signed_on__gte": first, f"{prefix}signed_on__lte": last})
    return Q(**{f"{prefix}school_year": key}) | unsaid & within
