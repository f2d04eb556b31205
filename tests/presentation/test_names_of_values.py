"""Layers, attributes and values are called by their labels in messages, in the history and on the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.codebook import Code, Codebook
from annotator.domain.mark import Mark
from annotator.presentation import network_words
from annotator.presentation.article_records import ArticleRecords
from annotator.presentation.painting import Painter
from annotator.services import (
    codebook_editing,
    history,
    marking,
    new_codes,
    reading,
    spreading,
    states,
)
from annotator.services.codebooks import default_codebook
from annotator.services.network_gathering import Order
from annotator.services.project import Project
from tests.support.material import STORY, make_project


def labelled() -> Codebook:
    """The default codebook with an actor called “Player”, a stance “Position”, and a topic."""
    book = default_codebook()
    actor, claim, *others = book.layers
    attributes = {item.name: item for item in claim.attributes}
    stance, topics = attributes["stance"], attributes["topics"]
    attributes["stance"] = replace(
        stance,
        label="Position",
        codes=(replace(stance.codes[0], label="In favour"), *stance.codes[1:]),
    )
    attributes["topics"] = replace(topics, codes=(Code("eu", "EU accession"),))
    changed = replace(claim, attributes=tuple(attributes.values()))
    return replace(book, layers=(replace(actor, label="Player"), changed, *others))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path, STORY) as project:
        codebook_editing.apply(project, labelled())
        yield project


def marked(project: Project, words: str, layer: str) -> Mark:
    article = reading.list_articles(project)[0].article.id
    start = STORY.index(words)
    marking.mark(project, article, [(start, start + len(words))], layer)
    found = reading.open_article(project, article).marks
    return next(mark for mark in found if mark.text == words and mark.layer == layer)


def last(project: Project) -> str:
    step = history.next_undo(project)
    assert step
    return step.name


def test_the_name_of_an_act_has_labels(project: Project) -> None:
    actor = marked(project, "said", "actor")
    assert last(project) == "Mark player “said”"
    marking.set_attribute(project, actor.id, "type", "armed_group")
    assert last(project) == "Set type of player “said” to armed group"
    marking.set_attribute(project, actor.id, "type", None)
    assert last(project) == "Set type of player “said” to nothing"
    claim = marked(project, "an insult", "claim")
    marking.set_attribute(project, claim.id, "stance", "support")
    assert last(project) == "Set position of claim “an insult” to in favour"
    marking.set_attribute(project, claim.id, "topics", ("eu",))
    assert last(project) == "Set topics of claim “an insult” to EU accession"
    new_codes.add(project, claim.id, "topics", "Night work")
    assert last(project) == "Add “Night work” to topics of claim “an insult”"
    spreading.spread(project, actor.id, wide=False)
    assert last(project).startswith("Mark “said” as player")
    marking.relabel(project, claim.id, "actor")
    assert last(project) == "Turn claim “an insult” into player"


def test_a_verdict_names_layers_by_their_labels(project: Project) -> None:
    article = reading.list_articles(project)[0].article.id
    states.set_verdict(project, article, ["actor"], states.Verdict.NOTHING_FOUND)
    assert last(project).startswith("Nothing found: player in ")


def test_the_page_names_values_by_their_labels(project: Project) -> None:
    claim = marked(project, "an insult", "claim")
    marking.set_attribute(project, claim.id, "stance", "support")
    marking.set_attribute(project, claim.id, "topics", ("eu",))
    opened = reading.open_article(project, claim.article)
    records = ArticleRecords.read(opened.records, opened.places, opened.linked, opened.ties)
    painter, mark = Painter(project.codebook, records), next(iter(opened.marks))
    assert painter.mark(mark).margin == "source? · in favour"
    assert painter.description(mark, {}).startswith("Claim: direct, in favour, topics EU accession")


def test_networks_are_counted_by_things_under_their_labels() -> None:
    book = labelled()
    links = (replace(book.links[0], label="voice"), *book.links[1:])
    found = network_words.choices(Order(), replace(book, links=links), [])
    offered = {option.name: option.label for option in found["rows"]}
    assert offered["source"] == "Voice"
    assert offered["source.type"] == "Voice (type)"
    assert offered["stance"] == "Position"
    assert offered["publisher"] == "Publisher"
