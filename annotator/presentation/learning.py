"""Learning a suggester from the desk: in a process of its own, beside the reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from annotator.domain.errors import Problem
from annotator.services import models, training
from annotator.services.training import News

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


def learn(desk: Desk, steps: int | None = None) -> None:
    """Train a model on the done articles of the open project, and tell how it did."""
    project = desk.project
    if project is None:
        return
    moment = datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
    out = models.models_folder() / f"{project.path.stem} {moment}"
    try:
        job = training.prepare(project, out, seed=0, steps=steps, curve=True)
    except Problem as problem:
        desk.messages.problem(str(problem))
        return

    def work(tell: Callable[[int, int], bool]) -> object:
        layers: dict[str, News] = {}

        def progress(news: News) -> bool:
            layers[news.layer] = news
            return tell(
                sum(one.step for one in layers.values()), sum(one.of for one in layers.values())
            )

        return training.train_job(job, out, progress)

    def done(result: object | None, error: BaseException | None) -> None:
        if isinstance(result, dict) and error is None:
            desk.messages.done(f"Learned “{result['name']}”: F7 lets it suggest beside the rules.")
            desk.window.show_report("Learned", training.card_in_words(result), [])

    desk.window.run_aside("Learning from the done articles", work, done)
