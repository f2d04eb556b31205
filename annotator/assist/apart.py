"""Suggesters in a process of their own, so that a window never waits for them or for spaCy.

``python -m annotator.assist.apart`` takes one errand as JSON on standard input and answers
with JSON on standard output.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from annotator.assist.as_written import AsWritten
from annotator.assist.gazetteer import Entry, Gazetteer
from annotator.assist.model import Model
from annotator.assist.proposal import Proposal, Proposes, Request
from annotator.assist.rules import Rules
from annotator.domain.errors import Problem
from annotator.domain.link import Voice
from annotator.domain.mark import Suggester

Answer = tuple[Suggester, tuple[Proposal, ...]]
"""Who proposes, and what."""

Answers = tuple[list[Answer], list[str]]
"""What is proposed, and in sentences which models could not be asked, and why."""

GoOn = Callable[[], bool]
"""Asked now and then; False stops the work."""


@dataclass(frozen=True, slots=True)
class Errand:
    """Which suggesters are to read a text.

    Attributes:
        lexicons: folder of the word lists of the rules.
        models: folders of models.
        as_written: whether the rules take sources as they are written.
    """

    request: Request
    lexicons: str
    models: tuple[str, ...] = ()
    as_written: bool = False


def run(errand: Errand, go_on: GoOn) -> Answers:
    """Let a process do an errand and return its answers.

    Raises:
        Problem: it was stopped, or the process failed.
    """
    command = [sys.executable, "-m", "annotator.assist.apart"]
    with subprocess.Popen(  # noqa: S603  (our own interpreter and module)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        given: bytes | None = json.dumps(_errand_out(errand)).encode()
        while True:
            try:
                said, complaint = process.communicate(given, timeout=0.2)
                break
            except subprocess.TimeoutExpired:
                given = None
                if not go_on():
                    process.kill()
                    raise Problem("Suggesting was stopped; nothing was kept.") from None
    if process.returncode:
        last = complaint.decode(errors="replace").strip().splitlines()[-1:]
        raise Problem(
            "The suggesting process ended before it was done"
            + (f" ({last[0][:120]})" if last else "")
            + ": nothing was kept."
        )
    answer = json.loads(said)
    return [_answer_in(item) for item in answer["answers"]], answer["troubles"]


def do(errand: Errand) -> Answers:
    """Do an errand in this process; a model is heard on the layers where it beats the rules.

    A model that cannot be used keeps nobody else from answering.
    """
    lexicons = Path(errand.lexicons)
    rules: Proposes = (AsWritten if errand.as_written else Rules)(lexicons)
    answers = [(rules.maker, tuple(rules.propose(errand.request)))]
    troubles: list[str] = []
    for folder in errand.models:
        try:
            model = Model(Path(folder), lexicons)
            found = [item for item in model.propose(errand.request) if item.layer in model.trusted]
        except Problem as problem:
            troubles.append(str(problem))
            continue
        answers.append((model.maker, tuple(found)))
    return answers, troubles


def main() -> int:
    """Do the errand on standard input."""
    errand = _errand_in(json.loads(sys.stdin.buffer.read()))
    answers, troubles = do(errand)
    sys.stdout.write(
        json.dumps({"answers": [_answer_out(item) for item in answers], "troubles": troubles})
    )
    return 0


def _errand_out(errand: Errand) -> dict[str, Any]:
    request = errand.request
    entries: Sequence[Entry] = request.names.entries if request.names else ()
    return {
        "text": request.text,
        "language": request.language,
        "names": [asdict(entry) for entry in entries],
        "lexicons": errand.lexicons,
        "models": list(errand.models),
        "as_written": errand.as_written,
    }


def _errand_in(data: dict[str, Any]) -> Errand:
    names = Gazetteer(
        Entry(item["name"], item["type"], tuple(item["names"])) for item in data["names"]
    )
    request = Request(data["text"], data["language"], names)
    return Errand(request, data["lexicons"], tuple(data["models"]), data["as_written"])


def _answer_out(answer: Answer) -> dict[str, Any]:
    maker, proposals = answer
    return {
        "maker": [maker.name, maker.version],
        "proposals": [
            {
                "layer": item.layer,
                "extents": item.extents,
                "reason": item.reason,
                "score": item.score,
                "attributes": dict(item.attributes),
                "links": item.links,
            }
            for item in proposals
        ],
    }


def _answer_in(data: dict[str, Any]) -> Answer:
    return Suggester(*data["maker"]), tuple(
        Proposal(
            item["layer"],
            tuple((start, end) for start, end in item["extents"]),
            item["reason"],
            item["score"],
            item["attributes"],
            tuple(
                (type, end if isinstance(end, int) else Voice(end)) for type, end in item["links"]
            ),
        )
        for item in data["proposals"]
    )


if __name__ == "__main__":
    raise SystemExit(main())
