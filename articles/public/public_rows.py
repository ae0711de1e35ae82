"""Rows of this room that readers see, stories apart: `page_tags.purge_story` says of each where it stands."""

from articles.models import Section, Tag
from foundation.pagestore.announcing import declare

declare(Section, tags=["sections"])
declare(Tag, tags=["tags"])
