"""Learning a suggester from the desk: in a process of its own, beside the reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from annotator.domain.slices import with_progress
from annotator.services import models, training

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk
    from annotator.services.training import News


def learn(desk: Desk, steps: int | None = None) -> None:
    """Train a model on the done articles of the open project, and tell how it did."""
    project = desk.project
    if project is None:
        return
    moment = datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
    out = models.models_folder() / f"{project.path.stem} {moment}"
    prepared: list[Any] = []

    def read() -> Iterator[tuple[int, int, str]]:
        slices = training.prepare.slices(project, out, seed=0, steps=steps, curve=True)
        prepared.append((yield from with_progress(slices)))

    def begin(error: BaseException | None) -> None:
        if error is None and desk.project is project:
            desk.window.run_aside("Learning from the done articles", work, done)

    def work(tell: Callable[[int, int], bool]) -> object:
        layers: dict[str, News] = {}

        def progress(news: News) -> bool:
            layers[news.layer] = news
            return tell(
                sum(one.step for one in layers.values()), sum(one.of for one in layers.values())
            )

        return training.train_job(prepared.pop(), out, progress)

    def done(result: object | None, error: BaseException | None) -> None:
        if isinstance(result, dict) and error is None:
            desk.messages.done(f"Learned “{result['name']}”: F7 lets it suggest beside the rules.")
            desk.window.show_report("Learned", training.card_in_words(result), [])

    desk.window.run_slices("Reading the done articles", read(), begin)
