"""What the tests of faults share with those on screen: a real window on a real file."""

from tests.ui.conftest import at_once, empty_stage, nobody_rescues, stage, theme

__all__ = ["at_once", "empty_stage", "nobody_rescues", "stage", "theme"]
