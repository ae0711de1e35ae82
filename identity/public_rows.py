"""The rows of this room that readers see: every page shows them."""

from foundation.pagestore.announcing import declare
from foundation.pagestore.keeping import declare_change
from foundation.pagestore.store import EVERYTHING
from identity.alerts import forget_alerts, next_change
from identity.current import forget_site_words
from identity.models import Alert, SiteIdentity

declare(SiteIdentity, tags=[EVERYTHING], follow=forget_site_words)
declare(Alert, tags=[EVERYTHING], follow=forget_alerts)
declare_change(next_change)
