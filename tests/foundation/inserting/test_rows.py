"""Rows written at once are the rows that one by one would be there."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from approvals.models import AuditEntry
from articles.models import Section, Tag
from foundation.inserting.rows import insert_all, reserve_numbers
from foundation.search.models import Word

pytestmark = pytest.mark.django_db


def values(model, *, without):
    return [
        {k: v for k, v in row.items() if k not in without} for row in model.objects.order_by("pk").values()
    ]


def test_rows_are_what_bulk_create_would_have_written():
    def rows():
        return [
            AuditEntry(actor_name="Đỗ Thị Đào", action="Nhập", note='“Một”\t\\N\n"hai"'),
            AuditEntry(actor_name="H’Lan Byă", action="Nhập", object_id="7"),
        ]

    insert_all(rows())
    AuditEntry.objects.bulk_create(rows())
    written = values(AuditEntry, without={"id", "at", "created_at"})
    assert written[:2] == written[2:]
    assert len(written) == 4


def test_numbers_go_on_where_the_table_stands():
    first = Section.objects.create(name="Một", slug="mot-chuyen-muc")
    second, third = insert_all([Section(name="Hai", slug="hai"), Section(name="Ba", slug="ba")])
    last = Section.objects.create(name="Bốn", slug="bon")
    assert first.pk < second.pk < third.pk < last.pk
    assert list(Section.objects.filter(pk__gte=first.pk).order_by("pk")) == [first, second, third, last]
    second.name = "Hai lần"
    second.save()  # a row that is there is changed, not inserted again
    assert Section.objects.get(slug="hai").name == "Hai lần"


def test_numbers_of_rows_that_went_are_not_given_again():
    gone = insert_all([Tag(name="một", slug="mot"), Tag(name="hai", slug="hai")])[-1].pk
    Tag.objects.all().delete()
    assert insert_all([Tag(name="ba", slug="ba")])[0].pk > gone


def test_reserved_numbers_are_nobody_elses(transactional_db):
    first, second = reserve_numbers(Tag, 2)
    other = Tag.objects.create(name="chen ngang", slug="chen-ngang").pk
    (third,) = reserve_numbers(Tag, 1)
    assert len({first, second, third, other}) == 4
    insert_all([Tag(pk=first, name="một", slug="mot"), Tag(pk=second, name="hai", slug="hai")])
    assert insert_all([Tag(name="ba", slug="ba")])[0].pk not in {first, second, third, other}
    assert Tag.objects.get(name="hai").pk == second


def test_rows_that_bring_their_key_keep_it():
    insert_all([Word(word="chieng"), Word(word="cong")])
    assert set(Word.objects.values_list("word", flat=True)) == {"chieng", "cong"}


def test_one_row_that_cannot_be_is_none_of_them():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_all([Section(name="Một", slug="a"), Section(name="Hai", slug="a")])
    assert not Section.objects.filter(slug="a").exists()


def test_moments_and_flags_come_back_as_they_were():
    moment = timezone.now() - datetime.timedelta(days=4000)
    insert_all([User(username="a", date_joined=moment, is_active=False), User(username="b")])
    read = User.objects.get(username="a")
    assert (read.date_joined, read.is_active, read.last_login) == (moment, False, None)


def test_a_moment_without_a_zone_is_one_here_and_told_of():
    with pytest.warns(RuntimeWarning, match="naive"):
        insert_all([User(username="a", date_joined=datetime.datetime(2017, 11, 10, 8))])
    assert User.objects.get(username="a").date_joined.isoformat() == "2017-11-10T01:00:00+00:00"


def test_nothing_is_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert_all([]) == []
