"""Word's conditional comments in a pasted text: what is for other programs goes, the words of text boxes
stay.
"""

import re

_MARKS = re.compile(r"<!\[(?:if[^>]{0,200}|endif)\]>", re.IGNORECASE)
_OPENS, _CLOSES = "<!--[if", "<![endif]-->"
_BOX_OPENS, _BOX_CLOSES = re.compile(r"<v:textbox\b[^>]*>", re.IGNORECASE), "</v:textbox>"
_FALLBACK_OPENS, _FALLBACK_CLOSES = "<![if !vml]>", "<![endif]>"


def without_conditionals(html: str) -> str:
    """Returns the HTML without conditional comments. A text box is drawn inside one: its words take the
    place of the picture that stands for it.
    """
    out: list[str] = []
    at = end = 0
    while (start := html.find(_OPENS, at)) >= 0:
        end = html.find(_CLOSES, start) if end <= start else end
        if end < 0:
            break
        if html.find("-->", start, end) >= 0:  # “<!--[if !mso]><!-->”: words for every program follow
            out.append(html[at : start + len(_OPENS)])
            at = start + len(_OPENS)
            continue
        out.append(html[at:start])
        at = end + len(_CLOSES)
        if boxes := _boxes_in(html[start:end]):
            out += boxes
            at = _after_fallback(html, at)
    return _MARKS.sub("", "".join([*out, html[at:]]))


def _boxes_in(comment: str) -> list[str]:
    boxes: list[str] = []
    at = 0
    while found := _BOX_OPENS.search(comment, at):
        end = comment.find(_BOX_CLOSES, found.end())
        if end < 0:
            break
        boxes.append(f"<div>{comment[found.end() : end]}</div>")
        at = end
    return boxes


def _after_fallback(html: str, at: int) -> int:
    if html.startswith(_FALLBACK_OPENS, at):
        end = html.find(_FALLBACK_CLOSES, at)
        return at if end < 0 else end + len(_FALLBACK_CLOSES)
    return at
