"""Every column that a person can write goes through the door for plain text."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

from foundation.language import fields
from foundation.language.vietnamese import nfc

DOORS = (
    fields.NormalCharField,
    fields.NormalTextField,
    fields.NormalURLField,
    fields.NormalEmailField,
    fields.MarkupField,
)
# Columns that no person writes, by what they hold. A new column stands here only if code alone fills it.
CODE = "words, addresses and numbers that the code makes"
FROM_CLEAN = "copied from columns that went through the door"
CHECKED = "checked letter by letter before it is stored"
WRITTEN_BY_CODE = {
    "accounts.Device.words": CODE,
    "accounts.Session.session_data": CODE,
    "accounts.Session.session_key": CODE,
    "newsroom.BackupRun.file_name": CODE,
    "newsroom.OpeningCode.code_hash": CODE,
    "press.PrintBox.colour": CHECKED,
    "press.PrintTemplate.subject": CODE,
    "rounds.Paper.file_type": CODE,
    "training.Scan.code": CHECKED,
    "newsroom.BackupRun.words": CODE,
    "accounts.User.password": CODE,
    "accounts.User.username": CHECKED,
    "approvals.AuditEntry.action": CODE,
    "approvals.AuditEntry.address": CODE,
    "approvals.AuditEntry.capacity": FROM_CLEAN,
    "approvals.AuditEntry.object_id": CODE,
    "approvals.Seal.sha256": CODE,
    "approvals.StatusChange.capacity": FROM_CLEAN,
    "approvals.StatusChange.label": CODE,
    "approvals.StatusChange.new_status": CODE,
    "approvals.StatusChange.old_status": CODE,
    "approvals.StatusChange.step": CODE,
    "approvals.UsedForm.key": CHECKED,
    "articles.BreakGlass.passed_over": FROM_CLEAN,
    "articles.CheckAnswer.key": CODE,
    "articles.Comment.capacity": FROM_CLEAN,
    "articles.Comment.sha256": CODE,
    "articles.CommentStep.capacity": FROM_CLEAN,
    "articles.ImportedStory.address": CODE,
    "articles.ImportedStory.origin": CODE,
    "articles.OldAddress.path": CODE,
    "articles.PublishedArticle.body_html": FROM_CLEAN,
    "articles.PublishedArticle.department_name": FROM_CLEAN,
    "articles.PublishedArticle.lead": FROM_CLEAN,
    "articles.PublishedArticle.sha256": CODE,
    "articles.PublishedArticle.slug": FROM_CLEAN,
    "articles.PublishedArticle.source_mark": FROM_CLEAN,
    "articles.PublishedArticle.title": FROM_CLEAN,
    "articles.ReviewDecision.capacity": FROM_CLEAN,
    "articles.ReviewDecision.sha256": CODE,
    "articles.Revision.sha256": CODE,
    "articles.SavedCopy.reason": CODE,
    "articles.SavedCopy.sha256": CODE,
    "articles.UrgentAnswer.capacity": FROM_CLEAN,
    "articles.UrgentWithdrawal.capacity": FROM_CLEAN,
    "fees.LoadedPack.sha256": CODE,
    "fees.PayLine.bank_account_cipher": CODE,
    "fees.PayLine.bank_name": FROM_CLEAN,
    "fees.PayLine.full_name": FROM_CLEAN,
    "fees.PayLine.tax_number_cipher": CODE,
    "fees.PayLine.tax_words": CODE,
    "fees.PayLine.unit_name": FROM_CLEAN,
    "fees.PaySheet.tax_document": FROM_CLEAN,
    "inbox.Notice.address": CODE,
    "inbox.Notice.claim": CODE,
    "inbox.Notice.error": CODE,
    "inbox.Notice.key": CODE,
    "inbox.Notice.kind": CODE,
    "inbox.Notice.permission": CODE,
    "media.PhotoExposure.subject": CODE,
    "pagestore.Node.name": CODE,
    "search.Entry.captions": FROM_CLEAN,
    "search.Entry.text": FROM_CLEAN,
    "search.Entry.title": FROM_CLEAN,
    "search.Word.word": FROM_CLEAN,
}
UNREPAIRED = (fields.NormalURLField, fields.NormalEmailField, fields.MarkupField)
DIRTY = "Hội\x02 nghị\u00ad \ufeffh\u043e\u0323c\ufffe"


def own_models() -> list[type[models.Model]]:
    rooms = {path.parent.name for path in Path(settings.BASE_DIR).glob("*/__init__.py")}
    rooms |= {
        f"foundation.{path.parent.name}" for path in Path(settings.BASE_DIR).glob("foundation/*/__init__.py")
    }
    return [
        model
        for app in apps.get_app_configs()
        if app.name in rooms
        for model in app.get_models(include_auto_created=True)
    ]


def columns() -> dict[str, models.Field]:
    """Columns of free text, by name; a list of choices and a slug take no other words."""
    return {
        f"{model._meta.label}.{field.name}": field
        for model in own_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and field.editable
        and not field.choices
        and not isinstance(field, models.SlugField | fields.DerivedField)
    }


def test_no_column_forgets_the_door():
    open_ones = {name for name, field in columns().items() if not isinstance(field, DOORS)}
    assert sorted(open_ones - set(WRITTEN_BY_CODE)) == []
    assert sorted(set(WRITTEN_BY_CODE) - open_ones) == []  # the list names nothing that is gone


def test_every_door_cleans_a_form_a_row_and_a_query():
    doors = {name: field for name, field in columns().items() if isinstance(field, DOORS)}
    assert len(doors) > 60
    for name, field in doors.items():
        row = field.model(**{field.attname: DIRTY})
        field.pre_save(row, add=True)
        only_signs = isinstance(field, UNREPAIRED)
        words = nfc(DIRTY) if only_signs else "Hội nghị học"
        ways = [getattr(row, field.attname), field.to_python(DIRTY), field.get_prep_value(DIRTY)]
        if not isinstance(field, fields.NormalURLField):  # its form puts a scheme before the words
            ways.append(field.formfield().to_python(DIRTY))
        assert ways == [words] * len(ways), name
        assert not set(words) & set("\x02\u00ad\ufeff\ufffe"), name


def test_what_nobody_sees_does_not_make_a_text_too_long():
    field = fields.NormalCharField(max_length=6).formfield()
    assert field.clean("Hội\u200b\u200b\x02 An") == "Hội An"
