"""Rules and models together: one suggestion for the same words, and what the rules tie comes along."""

from __future__ import annotations

import json
from pathlib import Path

from annotator.assist.model import Model
from annotator.assist.proposal import Proposal
from annotator.domain.mark import Suggester
from annotator.domain.policy import Policy
from annotator.services import answering, suggesting
from annotator.services.models import lexicons_folder
from annotator.services.suggesting import Found
from annotator.store import articles, links, suggestions
from tests.support.material import make_project

TEXT = "Lena Holm said the harbour would stay shut today."
ALL = Policy(first=("actor", "claim", "sentiment"), kept_back=0)


def test_the_model_is_shown_where_it_has_other_bounds(tmp_path: Path) -> None:
    with make_project(tmp_path, TEXT) as project:
        suggesting.suggest(project)
        article = articles.all(project.db)[0].id
        claim = next(
            item for item in suggestions.of_article(project.db, article) if item.layer == "claim"
        )
        other = (claim.fragments[0].start, claim.fragments[0].end - 6)
        learned = Proposal("claim", (other,), "learned", 0.5, {"mode": "reported"})
        suggesting.keep(project, [Found(article, Suggester("harbour", "1"), (learned,))])
        shown = answering.offered(project, article, ALL)
        claims = [item for item in shown if item.layer == "claim"]
        assert [item.suggester.name for item in claims] == ["harbour"]
        assert [item.suggester.name for item in shown if item.layer == "actor"] == ["rules"]
        answering.accept(project, claims[0].id)
        tied = {link.type for link in links.of_article(project.db, article, project.annotator.id)}
        assert tied == {"cue", "source"}


def test_a_model_speaks_only_where_it_is_as_good_as_the_rules(tmp_path: Path) -> None:
    results = [
        {"layer": "actor", "exact_f1": 0.6, "rules_exact_f1": 0.5},
        {"layer": "claim", "exact_f1": 0.4, "rules_exact_f1": 0.5},
        {"layer": "mood", "exact_f1": 0.1, "rules_exact_f1": None},
    ]
    card = {
        "name": "harbour", "version": "1", "about": "A.", "layers": ["actor", "claim", "mood"],
        "spacy": "3.8", "results": results,
    }  # fmt: skip
    (tmp_path / "card.json").write_text(json.dumps(card), encoding="utf-8")
    assert Model(tmp_path, lexicons_folder()).trusted == {"actor", "mood"}
