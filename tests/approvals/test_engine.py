"""What a workflow answers about its steps."""

import pytest

from articles.approval.workflow import PUBLIC


def test_a_misspelt_step_is_named_with_its_workflow_and_the_steps_it_has():
    with pytest.raises(KeyError) as failure:
        PUBLIC["withdarw"]
    said = "Workflow “public page of a story” has no step “withdarw”; its steps: "
    assert failure.value.args == (said + ", ".join(step.name for step in PUBLIC.steps),)
