"""A desk without a window, on the project of the test."""

from __future__ import annotations

from typing import cast

import pytest

from annotator.presentation.desk import Desk
from annotator.presentation.port import Window
from annotator.services.project import Project


@pytest.fixture
def desk(project: Project) -> Desk:
    made = Desk(cast("Window", None))
    made.project = project
    made.library.show(project)
    made.open_article(made.library.rows[0].id)
    return made
