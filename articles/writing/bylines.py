"""The names under a story, sent by a screen: all rows at once, in order."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.forms.models import inlineformset_factory

from articles.enums import BylineRole
from articles.models import Article, ArticleByline
from foundation.choosing.rows import SentRows
from foundation.language.vietnamese import same_word

PREFIX = "bylines"
FIELDS = ("name", "role", "department", "person")


class BylineFormSet(SentRows):
    """The sent rows replace the stored rows, whatever ids the rows had.

    So an autosaving screen need not learn the id of each new row. A screen that has never shown a row deletes
    none: a story created by script gets its first byline on the server.
    """

    signed: Sequence[ArticleByline] = ()  # stored rows that the screen has never received

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if self.is_bound:  # ids are ignored: the rows may have been replaced
            form.fields[self._pk_field.name] = forms.CharField(required=False, widget=forms.HiddenInput)

    def rows(self) -> list[ArticleByline]:
        """Returns the rows that remain. Only for a valid formset."""
        stay = [form for form in self.forms if form.has_changed() and not self._should_delete_form(form)]
        rows = [form.save(commit=False) for form in stay]
        known = set(map(_key, rows))
        return [*(row for row in self.signed if _key(row) not in known), *rows]

    def is_told(self) -> bool:
        """Whether the screen has ever shown a row; otherwise its rows do not say which to delete."""
        return bool(self.forms or self.management_form.cleaned_data["INITIAL_FORMS"])

    def is_changed(self) -> bool:
        """Whether saving would change a stored row. Only for a valid formset."""
        if not self.is_told():
            return False
        stored = self.instance.bylines.all() if self.instance.pk else ()
        return [_key(row) for row in self.rows()] != [_key(row) for row in stored]

    def save(self, commit: bool = True) -> list[ArticleByline]:
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        if not self.is_changed():
            return []
        rows = self.rows()
        self.instance.bylines.all().delete()
        for position, row in enumerate(rows):
            row.article, row.position = self.instance, position
            row.save(force_insert=True)
        self.changed_objects = [(row, ["name"]) for row in rows]
        return rows

    def said(self) -> list[str]:
        """Returns the errors, row by row, each as one line."""
        return [
            f"Dòng {number}: {error}"
            for number, form in enumerate(self.forms, 1)
            for errors in form.errors.values()
            for error in errors
        ]


_FormSet = inlineformset_factory(Article, ArticleByline, formset=BylineFormSet, fields=FIELDS, extra=0)


def sent(data: Any, article: Article) -> BylineFormSet | None:
    """Returns the formset of the sent rows; None when the screen sent none."""
    if f"{PREFIX}-TOTAL_FORMS" not in data:
        return None
    return _FormSet(data, instance=article, prefix=PREFIX)


def shown(rows: Any) -> list[dict[str, str]]:
    """Returns rows in the form that a screen shows and sends."""
    return [
        {
            "name": row.name,
            "role": row.role,
            **_chosen("department", row.department),
            **_chosen("person", row.person),
        }
        for row in rows
    ]


def rows_for(names: Iterable[tuple[str, str]], user: Any, unit: Any) -> list[dict[str, str]]:
    """Returns rows for (name, role) read in a file; the writer's own name is linked to the person and the
    unit.
    """
    person = getattr(user, "person", None)
    rows = []
    for name, role in names:
        is_own = person is not None and same_word(name, person.full_name)
        beside = _chosen("department", unit if is_own else None) | _chosen(
            "person", person if is_own else None
        )
        rows.append({"name": person.full_name if is_own else name, "role": role, **beside})
    return rows


def unsent(data: Any, article: Article) -> list[dict[str, str]]:
    """Returns the stored rows that a screen did not send, in the form that it shows."""
    names = sent(data, article)
    known = {_key(row) for row in names.rows()} if names is not None and names.is_valid() else set()
    stored = article.bylines.select_related("department", "person")
    return shown(row for row in stored if _key(row) not in known)


def in_words(rows: list[dict[str, str]]) -> str:
    """Returns “Trần Lan (Viết bài, Trường THPT Chu Văn An); …”."""
    labels = dict(BylineRole.choices)
    said = []
    for row in rows:
        beside = [labels.get(row["role"], ""), row["department_shown"]]
        said.append(f"{row['name']} ({', '.join(filter(None, beside))})")
    return "; ".join(said)


def _chosen(name: str, record: Any) -> dict[str, str]:
    return {name: str(record.pk) if record else "", f"{name}_shown": str(record) if record else ""}


def _key(row: ArticleByline) -> tuple:
    return row.name, row.role, row.department_id, row.person_id
