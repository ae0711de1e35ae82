"""The row of this room that readers see: every page shows it."""

from foundation.pagestore.announcing import declare
from foundation.pagestore.store import EVERYTHING
from identity.current import forget_site_words
from identity.models import SiteIdentity

declare(SiteIdentity, tags=[EVERYTHING], follow=forget_site_words)
