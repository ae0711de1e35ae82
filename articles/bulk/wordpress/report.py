"""What became of an export file, said so that nobody has to guess what is missing."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

SHOWN = 12
LONGEST = 400  # letters of one line: a picture may be its own address

# What is counted, in the order it is told.
HEADINGS = {
    "public": "bài đã công khai",
    "draft": "bài vào bản nháp",
    "known": "bài đã nhập từ lần trước, giữ nguyên",
    "illustrated": "bài nhập từ lần trước nay thêm được ảnh",
    "linked": "bài có liên kết tới bài cùng trang, nay dẫn về địa chỉ mới",
    "photo": "ảnh đã dùng",
    "section": "chuyên mục mới",
    "address": "địa chỉ cũ dẫn về bài mới",
}


@dataclass
class ImportReport:
    """Counts by the words of HEADINGS, and what could not be carried over, by reason."""

    counts: Counter[str] = field(default_factory=Counter)
    left: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def leave(self, reason: str, what: str) -> None:
        self.left[reason].append(what if len(what) <= LONGEST else f"{what[:LONGEST]}…")

    def lines(self, most: int | None = SHOWN) -> list[str]:
        """The whole report; of each reason at most `most` examples, all with None."""
        told = [f"{self.counts[name]} {words}" for name, words in HEADINGS.items() if self.counts[name]]
        for reason, whats in self.left.items():
            told += ["", f"{reason} ({len(whats)}):"]
            told += [f"  - {what}" for what in whats[:most]]
            if most is not None and len(whats) > most:
                told.append(f"  … và {len(whats) - most} mục nữa; ghi đủ vào tệp bằng --report TỆP.")
        return told
