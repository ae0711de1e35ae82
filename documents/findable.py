"""What search indexes of official documents."""

import datetime

from django.utils import timezone

from departments.naming import name_on
from documents.models import OfficialDocument
from documents.querysets import OfficialDocumentQuerySet
from foundation.language.school_years import school_year_on
from foundation.search.enums import Kind
from foundation.search.keeping import Findable

KIND = Kind.DOCUMENT


def records() -> OfficialDocumentQuerySet:
    """Return all public documents."""
    return OfficialDocument.objects.public().select_related("issuer").prefetch_related("issuer__names")


def item_of(document: OfficialDocument) -> Findable:
    """Return what search indexes of a document."""
    issuer = name_on(document.issuer, document.issued_on)
    midnight = datetime.datetime.combine(document.issued_on, datetime.time.min)
    return Findable(
        kind=KIND,
        pk=document.pk,
        moment=timezone.make_aware(midnight),
        title=f"{document.number}: {document.summary}",
        text="\n".join(filter(None, (document.gist, document.get_kind_display(), issuer, document.signer))),
        units=frozenset({document.issuer_id}),
        school_year=school_year_on(document.issued_on),
    )
