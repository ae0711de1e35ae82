"""The corpora beside the project, not carried by it. A test that needs them skips where they are absent."""

import pytest

from tests.architecture import ROOT

SHARED = ROOT.parent / "shared"
CORPORA = SHARED / "corpora"
CASES = SHARED / "cases"


def case(name):
    """The path of a small real-life input; skips the test where the inputs are absent."""
    path = CASES / name
    if not path.exists():
        pytest.skip(f"shared/cases/{name} is not beside the project")
    return path
