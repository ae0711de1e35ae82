"""What can be found: one row a public thing, and the words they use."""

from django.db import models

from foundation.search.enums import Kind


class Entry(models.Model):
    """One public thing as search sees it. Written by `keeping` alone.

    `place` orders by time and is known from the record (`places`). The folded words themselves
    stand where each database searches best: a table of its own on SQLite, a column on PostgreSQL
    (`sqlite`, `postgresql`); they come and go with this row.
    """

    place = models.BigIntegerField(primary_key=True)
    kind = models.CharField("loại", max_length=10, choices=Kind)
    source_id = models.PositiveBigIntegerField("số của bản ghi")
    # None in a row of before: `rebuild_search` fills it.
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
    """A folded word that public things have used: what a mistyped one may have meant.

    Words are not taken out with the thing that brought them; a suggestion is made only when searching
    for it finds something (`foundation.search.suggesting`).
    """

    word = models.CharField("từ", max_length=20, primary_key=True)

    class Meta:
        verbose_name = "từ đã gặp"
        verbose_name_plural = "từ đã gặp"

    def __str__(self) -> str:
        return self.word
