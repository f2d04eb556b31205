"""Learning a suggester from the desk: in processes of its own, beside the reading."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from annotator.domain.errors import Problem
from annotator.presentation import beside
from annotator.services import models, training

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


def learn(desk: Desk, steps: int | None = None) -> None:
    """Train a model on the done articles of the open project, and tell how it did."""
    project = desk.project
    if project is None:
        return
    moment = datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
    out = models.models_folder() / f"{project.path.stem} {moment}"

    def done(result: object | None, error: BaseException | None) -> None:
        if isinstance(result, dict) and error is None:
            desk.messages.done(f"Learned “{result['name']}”: F7 lets it suggest beside the rules.")
            desk.window.show_report("Learned", training.card_in_words(result), [])

    try:
        beside.run(
            desk,
            "Learning from the done articles",
            lambda open_: training.train_aside(open_, out, steps),
            done,
        )
    except (Problem, OSError) as problem:
        desk.messages.problem(str(problem))
