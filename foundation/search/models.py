"""The search index: one row per public thing, and the words that these use."""

from django.db import models

from foundation.search.enums import Kind


class Entry(models.Model):
    """One public thing in the index. Only `keeping` writes it.

    `place` sorts by time and is computed from the record (`places`). The folded words are stored where each
    database searches fastest: in a separate table on SQLite, in a column on PostgreSQL (`sqlite`,
    `postgresql`); they are deleted with this row.
    """

    place = models.BigIntegerField(primary_key=True)
    kind = models.CharField("loại", max_length=10, choices=Kind)
    source_id = models.PositiveBigIntegerField("số của bản ghi")
    # None in rows from before this column existed: `rebuild_search` fills it.
    title = models.TextField("tên", null=True, blank=True)
    text = models.TextField("chữ để trích", blank=True)
    captions = models.TextField("chú thích ảnh", blank=True)

    class Meta:
        verbose_name = "mục tìm được"
        verbose_name_plural = "mục tìm được"
        constraints = [models.UniqueConstraint(fields=["kind", "source_id"], name="found_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.source_id}"


class Word(models.Model):
    """A folded word that public things have used: a suggestion for a mistyped word.

    `count` is how many things were indexed with it, those put again and removed ones too: it says which word
    of a question is rare, not exactly how rare. `rebuild_search` counts anew.

    Words stay when their thing is removed; `foundation.search.suggesting` only suggests a word if it finds
    something.
    """

    word = models.CharField("từ", max_length=20, primary_key=True)
    count = models.PositiveIntegerField("số lần", default=1)

    class Meta:
        verbose_name = "từ đã gặp"
        verbose_name_plural = "từ đã gặp"

    def __str__(self) -> str:
        return self.word
