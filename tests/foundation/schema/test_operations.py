"""Models that know each other come and go together."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from foundation.schema.operations import CreateModels

PRIMARY = ("id", models.BigAutoField(primary_key=True))


def two_in_a_circle():
    """Each names the other."""
    hen = models.ForeignKey("laying.hen", models.PROTECT, related_name="+")
    egg = models.ForeignKey("laying.egg", models.PROTECT, related_name="+", null=True)
    return CreateModels(
        [
            migrations.CreateModel("Egg", fields=[PRIMARY, ("hen", hen)]),
            migrations.CreateModel("Hen", fields=[PRIMARY, ("egg", egg)]),
        ]
    )


def tables():
    return {name for name in connection.introspection.table_names() if name.startswith("laying_")}


@pytest.mark.django_db(transaction=True)
def test_two_models_in_a_circle_are_created_at_once_and_go_again():
    operation, before = two_in_a_circle(), ProjectState()
    after = before.clone()
    operation.state_forwards("laying", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("laying", editor, before, after)
    assert tables() == {"laying_egg", "laying_hen"}
    hen, egg = (after.apps.get_model("laying", name) for name in ("Hen", "Egg"))
    first = hen.objects.create()
    first.egg = egg.objects.create(hen=first)
    first.save()
    assert egg.objects.get().hen.egg == first.egg

    hen.objects.update(egg=None)
    egg.objects.all().delete()
    with connection.schema_editor() as editor:
        operation.database_backwards("laying", editor, after, before)
    assert tables() == set()


def test_what_was_rendered_before_is_not_forgotten():
    before = ProjectState()
    migrations.CreateModel("Coop", fields=[PRIMARY]).state_forwards("laying", before)
    assert before.apps.get_model("laying", "Coop")
    two_in_a_circle().state_forwards("laying", before)
    assert {model.__name__ for model in before.apps.get_models()} == {"Coop", "Egg", "Hen"}
