"""What one editor has typed and done so far: read from the form, changed by the button that was pressed."""

import datetime
from collections.abc import Mapping
from copy import copy

from django.utils import timezone

from frontpage.editing.acts import Act, ActsUnreadable, read_acts, write_acts
from frontpage.editing.arrangement import ActImpossible, Place
from frontpage.editing.moments import MomentForm, read_moment, write_moment
from frontpage.editing.saving import last_edition, stored_arrangement
from frontpage.editing.screen import LONGER, read_where, told
from frontpage.editing.stories import GONE, stories_by_id

LONGEST_SEARCH = 100
UNREADABLE = "Không đọc được các thay đổi chưa lưu; trang chủ vẫn như lần lưu trước."


class Draft:
    """The moment, the chosen place, the search, and the acts not saved yet."""

    def __init__(self, sent: Mapping[str, str], now: datetime.datetime):
        self.sent, self.now = sent, now
        self.complaints: list[str] = []
        self.time_trouble: dict[str, tuple[str, str, str]] = {}
        self.acts, self.undone = self._acts("viec"), self._acts("lam_lai")
        self.chosen = sent.get("chon", "")
        self.words = sent.get("q", "")[:LONGEST_SEARCH].strip().replace("\x00", "")
        self.is_more = bool(sent.get("them"))
        self.is_to_save = False
        self._set_moment(sent.get("luc", ""))
        self.last = last_edition()
        self.latest = self.last.number if self.last else 0
        seen = sent.get("ban", "")
        self.seen = int(seen) if seen.isdecimal() and len(seen) < 9 else self.latest
        if self.seen != self.latest:
            self._tell_of_another()
        self._do_all()

    @property
    def at(self) -> datetime.datetime:
        """The moment that is looked at."""
        return self.asked or self.now

    @property
    def is_past(self) -> bool:
        return bool(self.asked and self.asked < self.now - datetime.timedelta(minutes=1))

    @property
    def acts_field(self) -> str:
        return write_acts(self.acts)

    @property
    def undone_field(self) -> str:
        return write_acts(self.undone)

    @property
    def moment_word(self) -> str:
        """The chosen moment as the form carries it; empty for now."""
        return write_moment(self.asked) if self.asked else ""

    @property
    def count_words(self) -> str:
        return f"{len(self.acts)} thay đổi" if self.acts else "không có gì thay đổi"

    @property
    def last_told(self) -> str:
        return self.told[-1] if self.told else ""

    def look(self, button: str) -> None:
        """Do what a button says that changes nothing of the page."""
        verb, _colon, rest = button.partition(":")
        match verb:
            case "luc":
                self._set_moment(rest)
            case "chon":
                self.chosen = rest
            case "xem":
                self._read_typed_moment()
            case "them":
                self.is_more = True
            case _:
                return
        self._do_all()

    def press(self, button: str) -> None:
        """Do what the pressed button says."""
        verb, _colon, rest = button.partition(":")
        match verb:
            case "luu":
                self.is_to_save = bool(self.acts) and self.seen == self.latest and not self.complaints
            case "hoan-tac" if self.acts:
                self.undone.append(self.acts.pop())
            case "lam-lai" if self.undone:
                self.acts.append(self.undone.pop())
            case "put" | "move" | "up" | "down" | "remove" | "time" | "longer":
                self._act(verb, rest)
            case _:
                self.look(button)
        if verb in ("hoan-tac", "lam-lai"):
            self._do_all()
        if verb == "put":
            self.chosen = ""  # the next empty place

    def read_again(self) -> None:
        """Do the acts again on what somebody else has stored meanwhile, and tell of it."""
        self.is_to_save = False
        self.last = last_edition()
        self.latest = self.last.number if self.last else 0
        self._tell_of_another()
        self._do_all()

    def _acts(self, name: str) -> list[Act]:
        try:
            return read_acts(self.sent.get(name, ""))
        except ActsUnreadable:
            self.complaints.append(UNREADABLE)
            return []

    def _set_moment(self, typed: str) -> None:
        self.asked = read_moment(typed) if typed else None
        if typed and self.asked is None:
            self.complaints.append("Lúc ấy không xem được: hãy chọn giờ và ngày trong vòng một năm.")
        local = timezone.localtime(self.at)
        self.form = MomentForm(initial={"gio": local.time(), "ngay": local.date()})

    def _read_typed_moment(self) -> None:
        """Look at the typed moment; Enter in another field leaves the shown one, and “now” stays now."""
        form = MomentForm(self.sent)
        if not form.is_valid():
            self.form = form
        elif (typed := write_moment(form.moment())) != self.sent.get("dang_xem"):
            self._set_moment(typed)

    def _tell_of_another(self) -> None:
        if self.last:
            at = f"{timezone.localtime(self.last.saved_at):%H:%M}"
            kept = " Thay đổi của bạn được đặt lại lên bản mới: hãy xem rồi lưu." if self.acts else ""
            self.complaints.append(f"{self.last.saved_by} vừa lưu trang chủ lúc {at}.{kept}")
        self.seen = self.latest

    def _do_all(self) -> None:
        """Do the acts on what is stored; leave out, and tell of, those that are impossible now."""
        self.before = stored_arrangement(self.now, self.at)
        self.after = copy(self.before)
        self.after.places = dict(self.before.places)
        self.told: list[str] = []
        ids = {place.story for place in self.before.places.values()}
        self._stories = stories_by_id(ids | {act.story for act in self.acts if act.story})
        self.acts = [act for act in self.acts if self._do(act)]

    def _do(self, act: Act) -> bool:
        before = self.after.places.get(act.place)
        story = self._stories.get(act.story or (before.story if before else 0), GONE)
        try:
            if act.kind == "put" and story is GONE:
                raise ActImpossible("bài ấy không đăng và không hẹn giờ đăng")
            self.after.do_act(act)
        except ActImpossible as refusal:
            self.complaints.append(f"Không làm được: {refusal}.")
            return False
        self.told.append(told(act, self.after, story, before))
        return True

    def _act(self, verb: str, rest: str) -> None:
        if self.is_past:
            self.complaints.append("Lúc ấy đã qua: chỉ xem được, không đổi được.")
            return
        act = self._read_act(verb, rest)
        if act is None:
            return
        if self._do(act):
            self.acts.append(act)
            self.undone = []

    def _read_act(self, verb: str, rest: str) -> Act | None:
        key, _colon, where = rest.partition(":")
        number = max((act.number for act in (*self.acts, *self.undone)), default=0) + 1
        slot, index = read_where(where or self.chosen)
        if verb == "put":
            story = int(key) if key.isdecimal() and len(key) < 10 else 0
            at = self._when_public(story)
            return Act("put", number, story=story, slot=slot, index=index, at=at) if slot else None
        if verb == "move":
            return Act("move", number, key, slot=slot, index=index, at=self.asked) if slot else None
        if verb in ("time", "longer"):
            place = self.after.places.get(key)
            read = self._longer if verb == "longer" else self._typed_times
            return read(place, number) if place else None
        return Act(verb, number, key, at=self.asked)

    def _when_public(self, pk: int) -> datetime.datetime | None:
        """Return the moment that is looked at, or the later one at which the story is published: until then
        its place belongs to whoever stands there.
        """
        self._stories |= stories_by_id({pk})
        due = self._stories.get(pk, GONE).due_at
        return due if due and due > self.at else self.asked

    def _longer(self, place: Place, number: int) -> Act:
        until = (timezone.localtime(self.at) + LONGER).replace(hour=23, minute=59, second=0, microsecond=0)
        return Act("time", number, place.key, since=place.starts_at, until=until)

    def _typed_times(self, place: Place, number: int) -> Act | None:
        """Read from when to when; what cannot be is told at the fields, with what was typed."""
        typed = [self.sent.get(f"{name}-{place.key}", "") for name in ("tu", "den")]
        since = place.starts_at if typed[0] == write_moment(place.starts_at) else read_moment(typed[0])
        until = read_moment(typed[1]) if typed[1] else None
        trouble = ""
        if since is None or (typed[1] and until is None):
            trouble = "Hãy chọn ngày và giờ trong vòng một năm."
        elif until and until <= since:
            trouble = "Giờ kết thúc phải sau giờ bắt đầu."
        elif until and until <= self.now:
            trouble = "Giờ kết thúc đã qua. Muốn bỏ bài ngay thì bấm Gỡ."
        if trouble:
            self.time_trouble[place.key] = (trouble, *typed)
            return None
        return Act("time", number, place.key, since=since, until=until)
