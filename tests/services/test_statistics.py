"""Counts are those of the file, by person, and suggestions are never among them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from annotator.domain.article import Verdict
from annotator.domain.link import Voice
from annotator.domain.mark import Suggester, View
from annotator.domain.suggestion import Suggestion
from annotator.services import actor_book, linking, marking, reading, states, statistics
from annotator.services import project as projects
from tests.support.material import STORY, make_project


def test_an_empty_project_counts_nothing(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        found = statistics.count(project)
        assert (found.articles, found.characters, found.actors, found.gold) == (0, 0, 0, 0)
        assert found.in_words()[0].startswith("0 articles, 0 characters, 0 actors")


def test_everything_is_counted_once(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY, "😀 Two.\n") as project:
        article = reading.list_articles(project)[0].article.id
        actor = marking.mark(project, article, [(0, 4)], "actor", {"type": "group"})
        claims = [
            marking.mark(project, article, [(start, start + 4)], "claim", {"stance": stance})
            for start, stance in ((0, "oppose"), (5, "oppose"), (40, "support"))
        ]
        ids = [outcome.changes[0].after.id for outcome in (actor, *claims)]  # type: ignore[union-attr]
        linking.tie(project, ids[1], "source", ids[0])
        linking.tie(project, ids[2], "source", Voice.AUTHOR)
        actor_book.assign_new(project, ids[0])
        states.set_verdict(project, article, ["cue"], Verdict.NOTHING_FOUND)
        mark = reading.open_article(project, article).marks[0]
        with project.step("Others") as ticket:
            ticket.write.put(replace(mark, id=project.file.new_id(), view=View.GOLD))
            ticket.write.put(
                Suggestion(
                    project.file.new_id(), article, "actor", mark.fragments, Suggester("rule", "1"),
                    project.file.clock(),
                )
            )  # fmt: skip
        found = statistics.count(project)
        assert (found.articles, found.characters) == (2, len(STORY) + len("😀 Two.\n"))
        assert (found.actors, found.gold, found.codebook_version) == (1, 1, 1)
        (amal,) = found.people
        assert amal.marks == {"actor": 1, "claim": 3}
        assert amal.values["claim.stance"] == {"oppose": 2, "support": 1}
        assert amal.links == {"source": 2}
        assert amal.verdicts == {"cue": {"nothing found": 1}}
        assert json.loads(json.dumps(found.as_data()))["people"][0]["name"] == "Amal"
        words = "\n".join(found.in_words())
        for part in ("2 articles", "1 gold mark", "Amal: 4 marks", "oppose 2, support 1"):
            assert part in words
        path = project.path
    with projects.open_existing(path, "Bea") as other:
        marking.mark(other, article, [(0, 4)], "actor")
        assert [sum(person.marks.values()) for person in statistics.count(other).people] == [4, 1]
