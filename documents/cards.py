"""Story rows for rooms below the stories, which reach them only by reverse accessors."""

from collections.abc import Iterable
from typing import Any


def story_rows(stories: Iterable[Any]) -> list[dict[str, Any]]:
    """Return values for `_components/story_row.html`; `stories` are live, with their section loaded."""
    return [
        {
            "url": story.get_absolute_url(),
            "title": story.title,
            "lead": story.lead,
            "source_mark": story.source_mark,
            "department_name": story.department_name,
            "department_url": story.department_url,
            "section_name": story.section.name,
            "published_at": story.published_at,
            "photo": story.card_photo,
        }
        for story in stories
    ]
