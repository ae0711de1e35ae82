"""Comments of heads on places in a text: drafted while reading, sent with a decision, answered, closed.

Only its writer sees a comment until a “Trả lại” sends it. Every later act is a `CommentStep` row; the last
step gives the comment's state.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from approvals.engine import StepRefused
from articles.enums import CommentAct, CommentPlace, Status
from articles.models import Article, Comment, CommentStep, ReviewDecision, Revision
from articles.text.anchoring import LONGEST_QUOTE, Anchor, Now, Text, Trail
from articles.text.comparing import Piece, words_between
from foundation.language.plain import clean_line, clean_lines

LONGEST = 1000
LONGEST_ANSWER = 500
PROPOSED = "Đề nghị sửa chữ như sau."  # said of a proposal without other words
_OPEN = {CommentAct.SENT, CommentAct.REOPENED, CommentAct.FIXED, CommentAct.ANSWERED}
_OPEN |= {CommentAct.TAKEN, CommentAct.DECLINED}
# Each act → the last acts it may follow; "" is a comment without steps.
_FOLLOWS = {
    CommentAct.SENT: {"", CommentAct.RECALLED, *_OPEN},
    CommentAct.RECALLED: _OPEN - {CommentAct.REOPENED},
    CommentAct.DROPPED: {"", CommentAct.RECALLED},
    CommentAct.FIXED: _OPEN - {CommentAct.FIXED, CommentAct.TAKEN},
    CommentAct.ANSWERED: _OPEN,
    CommentAct.TAKEN: _OPEN - {CommentAct.FIXED, CommentAct.TAKEN},
    CommentAct.DECLINED: _OPEN - {CommentAct.DECLINED},
    CommentAct.CLOSED: _OPEN,
    CommentAct.REOPENED: {CommentAct.CLOSED},
}
_HIDDEN = {"", CommentAct.RECALLED, CommentAct.DROPPED}
# On a proposal alone: the words are put into the text on the screen, and saved as any typed word is.
ANSWERS_TO_PROPOSAL = (CommentAct.TAKEN, CommentAct.DECLINED)
WRITERS_ACTS = (CommentAct.FIXED, CommentAct.ANSWERED, *ANSWERS_TO_PROPOSAL)
PREFIX = "comment-"  # name of an answer's box in the form of the text: "comment-" + the comment's id
MOVED_ON = "Góp ý này vừa đổi trạng thái ở nơi khác; hãy xem lại."


@dataclass
class Thread:
    """A comment with its steps; `now` says where its words are in the current text."""

    comment: Comment
    steps: list[CommentStep] = field(default_factory=list)
    label: str = ""
    now: Now | None = None

    @property
    def last(self) -> str:
        return self.steps[-1].act if self.steps else ""

    @property
    def is_draft(self) -> bool:
        """Written but not sent: only its writer sees it."""
        return self.last in ("", CommentAct.RECALLED)

    @property
    def is_sent(self) -> bool:
        return self.last not in _HIDDEN

    @property
    def is_open(self) -> bool:
        return self.is_sent and self.last != CommentAct.CLOSED

    @property
    def is_fixed(self) -> bool:
        """Whether the writer has marked it fixed since it was last sent or reopened."""
        since = [s.act for s in self.steps]
        for act in reversed(since):
            if act in (CommentAct.SENT, CommentAct.REOPENED):
                return False
            if act in (CommentAct.FIXED, CommentAct.TAKEN):
                return True
            if act == CommentAct.DECLINED:
                return False
        return False

    @property
    def said(self) -> list[CommentStep]:
        """The steps worth showing: all except sending, recalling and dropping."""
        hidden = (CommentAct.SENT, CommentAct.RECALLED, CommentAct.DROPPED)
        return [step for step in self.steps if step.act not in hidden]

    def may(self, act: str) -> bool:
        """Whether `act` may follow the last step."""
        if act in ANSWERS_TO_PROPOSAL and not self.comment.proposal:
            return False
        return self.last in _FOLLOWS[act]

    @property
    def change(self) -> list[Piece]:
        """What the proposal would change in the quoted words."""
        return words_between(self.comment.quote, self.comment.proposal)

    @property
    def may_take(self) -> bool:
        return self.may(CommentAct.TAKEN)

    @property
    def may_decline(self) -> bool:
        return self.may(CommentAct.DECLINED)


def threads(article: Article) -> list[Thread]:
    """Returns every comment on the story, in reading order of its revisions. Makes two queries."""
    rows = Comment.objects.filter(revision__article=article.pk).select_related("written_by", "revision")
    title_first = F("block").asc(nulls_first=True)  # SQLite and PostgreSQL differ in their default
    found = {row.pk: Thread(row) for row in rows.order_by("revision__number", title_first, "pk")}
    steps = CommentStep.objects.filter(comment__in=found).select_related("taken_by").order_by("number")
    for step in steps if found else ():
        found[step.comment_id].steps.append(step)
    return list(found.values())


def of_head(article: Article, user: Any) -> list[Thread]:
    """Returns what a head sees: their own drafts first, then sent comments, open ones before closed."""
    own = [t for t in threads(article) if t.is_sent or (t.is_draft and t.comment.written_by_id == user.pk)]
    return sorted(own, key=lambda thread: (not thread.is_draft, not thread.is_open))


def of_writer(article: Article) -> list[Thread]:
    """Returns the comments sent to the story's writers, open ones first."""
    return sorted((t for t in threads(article) if t.is_sent), key=lambda thread: not thread.is_open)


def place_comments(found: Iterable[Thread], content: dict[str, Any]) -> list[Thread]:
    """Fills `label` and `now` of each thread with its place in this content. Returns the threads."""
    trails: dict[int, Trail] = {}
    found = list(found)
    for thread in found:
        said = thread.comment
        trail = trails.setdefault(said.revision_id, Trail(said.revision.content, content))
        anchor = Anchor(said.place, said.block, said.quote, said.before, said.after)
        thread.label, thread.now = trail.label(anchor), trail.follow(anchor)
    return found


def label_of(comment: Comment) -> str:
    """Returns the label of the comment's place in the revision it was written about."""
    return Text(comment.revision.content).label(comment.place, comment.block)


# --- writing and moving -----------------------------------------------------------------------------------


def write_comment(
    revision: Revision, anchor: Anchor, words: str, *, by: Any, capacity: str, proposal: str = ""
) -> Comment:
    """Save a draft comment, which the next “Trả lại” sends. The same words about the same place are saved
    once.

    `proposal` are words in place of the quoted ones; it needs no other words. Raises StepRefused when there
    is neither, or one of them is too long.
    """
    proposal = _proposed(anchor, proposal)
    words = clean_lines(words).strip() or (PROPOSED if proposal else "")
    if not words:
        raise StepRefused("Hãy viết góp ý: cần sửa gì ở câu này, hoặc hỏi điều chưa rõ.", code="words")
    if len(words) > LONGEST:
        raise StepRefused(f"Góp ý dài quá {LONGEST} ký tự; hãy tách thành nhiều góp ý.", code="words")
    said = {"place": anchor.place, "block": anchor.block, "quote": anchor.quote}
    said |= {"words": words, "proposal": proposal}
    again = Comment.objects.filter(revision=revision, written_by=by, steps=None, **said).first()
    return again or Comment.objects.create(
        revision=revision,
        sha256=revision.sha256,
        before=anchor.before,
        after=anchor.after,
        written_by=by,
        capacity=capacity,
        **said,
    )


def _proposed(anchor: Anchor, typed: str) -> str:
    """Returns the proposed words on one line; "" when they are those that stand there. A picture has none."""
    words = " ".join(clean_line(typed).split())
    if anchor.place == CommentPlace.FIGURE or words == anchor.quote:
        return ""
    if words and max(len(words), len(anchor.quote) + 1) > LONGEST_QUOTE:
        raise StepRefused(
            f"Chữ đề nghị dài quá {LONGEST_QUOTE} ký tự; hãy đề nghị từng câu.", code="proposal"
        )
    return words


def move_comment(thread: Thread, act: str, *, by: Any, capacity: str = "", words: str = "") -> CommentStep:
    """Add the next step. Raises StepRefused when the act is not allowed now, the words are empty or too long,
    or another person has just added a step.
    """
    if not thread.may(act):
        raise StepRefused(MOVED_ON, code="stale")
    words = clean_lines(words).strip()
    if act == CommentAct.ANSWERED and not words:
        raise StepRefused("Hãy viết câu trả lời.", code="words")
    if len(words) > LONGEST_ANSWER:
        raise StepRefused(f"Câu trả lời dài quá {LONGEST_ANSWER} ký tự.", code="words")
    step = CommentStep(act=act, words=words, taken_by=by, capacity=capacity, **_next(thread))
    try:
        with transaction.atomic():
            step.save()
    except IntegrityError as taken:
        raise StepRefused(MOVED_ON, code="stale") from taken
    return step


def answer_typed(article: Article, typed: Mapping[str, str], *, by: Any) -> list[str]:
    """Save the answers that came with a saved text. Returns the refusals of those that were not saved.

    Without a script, the button “Đã sửa” of a form sends `_comment=<number>:fixed`.
    """
    pressed, _, act = typed.get("_comment", "").partition(":")
    given = {name.removeprefix(PREFIX): words for name, words in typed.items() if name.startswith(PREFIX)}
    if not pressed and not any(words.strip() for words in given.values()):
        return []
    refusals = []
    for thread in of_writer(article):
        number = str(thread.comment.pk)
        does = CommentAct.FIXED if (number, act) == (pressed, CommentAct.FIXED) else CommentAct.ANSWERED
        words = given.get(number, "")
        if does == CommentAct.FIXED or words.strip():
            try:
                move_comment(thread, does, by=by, words=words)
            except StepRefused as refusal:
                refusals.append(refusal.message)
    return refusals


def to_send(article: Article, user: Any) -> list[Thread]:
    """Returns what a “Trả lại” by this person sends: their own drafts and every open comment."""
    return [t for t in of_head(article, user) if t.is_draft or t.is_open]


def send_with(decision: ReviewDecision) -> int:
    """Send the decision maker's drafts, and every open comment again, with the decision. Returns how many.

    Call it in the transaction of the decision.
    """
    found = to_send(decision.revision.article, decision.decided_by)
    _move_all(found, CommentAct.SENT, decision, decision.decided_by)
    return len(found)


def take_back_with(decision: ReviewDecision, *, by: Any) -> None:
    """Make the comments that this decision was the first to send drafts again."""
    found = threads(decision.revision.article)
    first = [t for t in found if t.may(CommentAct.RECALLED) and _first_sent_with(t) == decision.pk]
    _move_all(first, CommentAct.RECALLED, decision, by)


def _first_sent_with(thread: Thread) -> int | None:
    """Returns the id of the decision that sent this comment; None while it is a draft again."""
    for number in range(len(thread.steps) - 1, -1, -1):
        before = thread.steps[number - 1].act if number else ""
        if thread.steps[number].act == CommentAct.SENT and before in ("", CommentAct.RECALLED):
            return thread.steps[number].decision_id
    return None


def _move_all(found: list[Thread], act: str, decision: ReviewDecision, by: Any) -> None:
    rows = [
        CommentStep(act=act, decision=decision, taken_by=by, capacity=decision.capacity, **_next(thread))
        for thread in found
    ]
    try:
        with transaction.atomic():
            CommentStep.objects.bulk_create(rows)
    except IntegrityError as taken:
        raise StepRefused(MOVED_ON, code="stale") from taken


def _next(thread: Thread) -> dict[str, Any]:
    return {"comment": thread.comment, "number": len(thread.steps) + 1}


def count_sent_with(decision: ReviewDecision) -> int:
    """Returns how many comments were sent with this decision."""
    return CommentStep.objects.filter(decision=decision, act=CommentAct.SENT).count()


def open_counts(articles: Iterable[Article]) -> dict[int, int]:
    """Returns the number of open comments by article id; stories with none are left out. Makes one query."""
    last: dict[int, tuple[int, str]] = {}
    rows = CommentStep.objects.filter(comment__revision__article__in=list(articles)).order_by("number")
    for comment, article, act in rows.values_list("comment", "comment__revision__article", "act"):
        last[comment] = (article, act)
    counts: dict[int, int] = {}
    for article, act in last.values():
        if act not in _HIDDEN | {CommentAct.CLOSED}:
            counts[article] = counts.get(article, 0) + 1
    return counts


def answered_counts(articles: Iterable[Article], user: Any) -> dict[int, int]:
    """Returns how many of this person's comments the writer answered last, by article id. Makes one query."""
    last: dict[int, tuple[int, str]] = {}
    mine = CommentStep.objects.filter(comment__written_by=user, comment__revision__article__in=list(articles))
    rows = mine.order_by("number").values_list("comment", "comment__revision__article", "act")
    for comment, article, act in rows:
        last[comment] = (article, act)
    counts: dict[int, int] = {}
    for article, act in last.values():
        if act in WRITERS_ACTS:
            counts[article] = counts.get(article, 0) + 1
    return counts


def sheet(article: Article, content: dict[str, Any]) -> dict[str, Any]:
    """Returns the template context of the comment list beside the writer's text; `content` is that text."""
    found = place_comments(of_writer(article), content)
    left = sum(thread.is_open for thread in found)
    is_done = article.status == Status.APPROVED  # an approved story waits for nothing from the writer
    return {
        "original": article,
        "comments": found,
        "comments_open": 0 if is_done else left,
        "comments_left": left if is_done else 0,
        "comments_fixed": sum(thread.is_open and thread.is_fixed for thread in found),
    }
