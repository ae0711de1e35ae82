"""The report of an import: counts, and everything that was left out."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

SHOWN = 12
LONGEST = 400  # letters of one line: a picture's address may be its whole data

# What is counted, in the order of the report.
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
    """Counts by the keys of HEADINGS, and what was left out, by reason."""

    counts: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)  # stories by the unit's name on their day
    left: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def leave(self, reason: str, what: str) -> None:
        """Add one thing that was left out, under its reason."""
        self.left[reason].append(what if len(what) <= LONGEST else f"{what[:LONGEST]}…")

    def lines(self, most: int | None = SHOWN) -> list[str]:
        """Returns the whole report, with at most `most` examples for each reason; None for all."""
        told = [f"{self.counts[name]} {words}" for name, words in HEADINGS.items() if self.counts[name]]
        if len(self.units) > 1:
            told += ["", "Đơn vị của bài, theo ngày đăng:"]
            told += [f"  - {name}: {count} bài" for name, count in self.units.most_common(most)]
        for reason, whats in self.left.items():
            told += ["", f"{reason} ({len(whats)}):"]
            told += [f"  - {what}" for what in whats[:most]]
            if most is not None and len(whats) > most:
                told.append(f"  … và {len(whats) - most} mục nữa; ghi đủ vào tệp bằng --report TỆP.")
        return told
