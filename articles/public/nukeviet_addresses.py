"""Under which names the addresses of a NukeViet site are kept, and which names an address may mean.

NukeViet finds a story by the number before “.html” alone; category and words before it may be wrong, and it
has many spellings: with and without language, through index.php, to print. So a story is kept under its
number (“vi/news#12”), never under each spelling.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs

LANGUAGES = "vi|en|fr|zh|ja|ko|lo|km|th|ru|de|es|cs|tr|id"
_LANGUAGE = re.compile(rf"(?:{LANGUAGES})")
_STORY = re.compile(r"(?P<alias>.{1,300})-(?P<number>\d{1,10})(?:\.html)?")
_PAGE = re.compile(r"/page-\d{1,6}$")
_FEED = re.compile(r"(?:^|/)rss(?=/)")


def story_names(module: str, number: int, alias: str, language: str, *, is_first: bool) -> list[str]:
    """Returns the names of a story; `is_first` when addresses of the module without language are its."""
    named = [f"{language}/{module}#{number}", f"{module}#{number}" if is_first else ""]
    return [name.lower() for name in [*named, f"#{alias}-{number}"[:400]] if name]


def list_names(module: str, alias: str, language: str, *, is_first: bool) -> list[str]:
    """Returns the names of a list: a category, “tag/…”, “topic/…”. `is_first` as in `story_names`."""
    named = [f"{language}/{module}/{alias}", f"{module}/{alias}" if is_first else ""]
    return [name.lower()[:400] for name in named if name]


def is_feed(path: str) -> bool:
    """Whether the path is that of a category's feed."""
    return _FEED.search(path) is not None


def path_of(path: str, query: str) -> str:
    """Returns the readable path of an address that goes through index.php; other paths as they are."""
    said = {name: values[0] for name, values in parse_qs(query).items()} if "nv=" in query else {}
    if "nv" not in said:
        return path
    parts = (said.get("language", ""), said["nv"], said.get("op", ""))
    return "/".join(part.strip("/") for part in parts if part.strip("/")).lower()


def meant(path: str) -> Iterator[str]:
    """Yields the names that a path (lower case, no slash at its ends) may mean, the most certain first."""
    head, *rest = path.split("/")
    language = f"{head}/" if rest and _LANGUAGE.fullmatch(head) else ""
    parts = rest if language else [head, *rest]
    if story := _STORY.fullmatch(parts[-1]):
        for part in parts[:-1]:
            yield f"{language}{part}#{story['number']}"
        if len(parts) > 1 or parts[-1].endswith(".html"):
            yield f"#{story['alias']}-{story['number']}"
    bare = _FEED.sub("", _PAGE.sub("", path)).removesuffix(".html").lstrip("/")
    bare = bare.replace("//", "/")
    yield bare
    yield bare.partition("/")[2]  # below a folder of the host
