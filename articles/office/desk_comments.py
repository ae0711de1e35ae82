"""Comments on the head's desk: what is shown of them, and how a typed one is kept."""

from typing import Any

from django.http import HttpRequest

from approvals.engine import StepRefused
from articles.approval import commenting
from articles.approval.holding import capacity
from articles.approval.workflow import ARTICLE, deciding_step
from articles.models import Article, Comment
from articles.public import pupil_names
from articles.text.anchoring import Text, anchor_in

# The boxes of the comment stand in the form of the decision, so that whatever is pressed loses neither.
WHERE, QUOTE, BEFORE, WORDS = "comment_where", "comment_quote", "comment_before", "comment_words"


def comments_context(request: HttpRequest, article: Article) -> dict[str, Any]:
    """What `admin/articles/_comments.html` and `_comment_form.html` read."""
    content = article.review_revision.content
    found = commenting.place(commenting.of_head(article, request.user), content)
    may_comment = request.user.pk not in article.review_revision.editor_ids
    return {
        "threads": found,
        "draft_count": sum(t.is_draft for t in found),
        "open_count": sum(t.is_open for t in found),
        "to_send_count": sum(t.is_draft or t.is_open for t in found),
        "may_comment": may_comment,
        "passages": list(Text(content).passages()) if may_comment else [],
        "typed": {"where": "", "quote": "", "before": "", "words": ""},
    }


def keep(request: HttpRequest, article: Article) -> Comment:
    """Keep the typed comment about the text that was shown, also when a newer one waits by now.

    Refuses (StepRefused) in words: a text that was never sent, own text, no place, no words.
    """
    post = request.POST
    revision = article.revisions.filter(sha256=post.get("sha256", "")).order_by("-number").first()
    if revision is None:
        raise StepRefused("Bản bạn vừa đọc không còn ở đây; hãy mở lại trang rồi góp ý.", code="stale")
    if request.user.pk in (*revision.editor_ids, *article.review_revision.editor_ids):
        raise StepRefused("Đây là bài có tay bạn, nên người khác góp ý và quyết định.", code="own")
    shown = pupil_names.as_shown(revision.content, pupil_names.named_in(revision.content))
    said = (post.get(WHERE, ""), post.get(QUOTE, ""), post.get(BEFORE, ""))
    anchor = anchor_in(revision.content, *said, shown=shown)
    if anchor is None:
        raise StepRefused("Hãy chọn câu, đoạn hoặc ảnh muốn góp ý.", code="where")
    permission = ARTICLE[deciding_step(article, "approve")].permission
    standing = capacity(request.user, permission, article)
    return commenting.write(revision, anchor, post.get(WORDS, ""), by=request.user, capacity=standing)


def keep_typed(request: HttpRequest, article: Article) -> dict[str, Any]:
    """Keep a comment that stood typed beside another press; what the page must say when it cannot be."""
    if not request.POST.get(WORDS, "").strip():
        return {}
    try:
        keep(request, article)
    except StepRefused as refusal:
        return refused(request, refusal)
    return {}


def refused(request: HttpRequest, refusal: StepRefused) -> dict[str, Any]:
    """What was typed, and what is wrong with it: nothing has to be typed again."""
    typed = {name: request.POST.get(f"comment_{name}", "") for name in ("where", "quote", "before", "words")}
    return {"typed": typed | {"words": typed["words"][:4000], "error": refusal.message, "code": refusal.code}}
