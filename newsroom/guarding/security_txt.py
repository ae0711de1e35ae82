"""/.well-known/security.txt (RFC 9116): where somebody who found a hole writes to."""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from identity.current import site_words

GOOD_FOR = datetime.timedelta(days=180)  # the RFC advises less than a year


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Answer with contact, language and a date until which this may be relied on, counted from today."""
    ends = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + GOOD_FOR
    email = site_words().email
    ours = [f"mailto:{email}"] if email else []
    contacts = settings.SECURITY_CONTACT or [*ours, f"{settings.SITE_URL}/lien-he/"]
    lines = [
        *(f"Contact: {contact}" for contact in contacts),
        f"Expires: {ends.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: vi, en",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
