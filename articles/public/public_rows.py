"""Public rows of this room except stories, whose tags are in `page_tags.purge_story`."""

from articles.models import Section, Tag
from foundation.pagestore.announcing import declare

declare(Section, tags=["sections"])
declare(Tag, tags=["tags"])
