"""The corpora beside the project, not carried by it. A test that needs them skips where they are absent."""

from tests.architecture import ROOT

SHARED = ROOT.parent / "shared"
CORPORA = SHARED / "corpora"
CASES = SHARED / "cases"
