"""Networks of a project: what becomes a statement, what is left out, and the sample project of DNA."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest

from annotator.analysis.events import Duplicates
from annotator.analysis.networks import ALLOWED, Combine
from annotator.analysis.normalising import Norm
from annotator.analysis.windows import Unit
from annotator.domain.article import Meta
from annotator.domain.codebook import Attribute, Codebook
from annotator.domain.codebook import Kind as Holds
from annotator.domain.errors import BadInput, NotFound, Refused
from annotator.domain.identity import Id
from annotator.domain.link import Voice
from annotator.domain.network import Kind, Network
from annotator.services import actor_book, importing, linking, marking, networks
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.services.network_gathering import Order
from annotator.services.project import Project
from annotator.store import articles
from tests.analysis import reference
from tests.support.material import add_article, make_project
from tests.support.team import mark_words

TEXT = "Ode wants night pay. Ruiz does not. Port is mute. Ode loves Ruiz. The union waits."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path) as made:
        for number, (day, paper) in enumerate((("2024-01-05", "Courier"), ("2024-02-09", "Post"))):
            article = add_article(made, f"{TEXT}\n{number}\n", f"Article {number}")
            meta = Meta(title=article.title, published=day, publisher=paper)
            with made.step("date") as ticket:
                ticket.write.put(replace(article, meta=meta))
        yield made


def claim(
    project: Project, words: str, source: str | Voice | None, *topics: str, stance: str = "support",
    article: int = 0,
) -> Id:  # fmt: skip
    (made,) = mark_words(
        project, [("claim", words, {"topics": topics, "stance": stance})], article=article
    )
    if isinstance(source, Voice):
        linking.tie(project, made, "source", source)
    elif source:
        (who,) = mark_words(project, [("actor", source, {"type": "person"})], article=article)
        linking.tie(project, made, "source", who)
    return made


def matrix(project: Project, **order: object) -> dict[tuple[str, str], float]:
    (found,) = networks.build(project, Order(**order)).networks  # type: ignore[arg-type]
    return {
        (found.rows[row], found.columns[column]): value
        for (row, column), value in found.cells.items()
    }


def test_claims_become_statements_and_what_does_not_is_told(project: Project) -> None:
    first = claim(project, "wants night pay", "Ode", "pay", "night")
    claim(project, "does not", "Ruiz", "pay", stance="oppose")
    claim(project, "is mute", None, "pay")
    claim(project, "The union waits", Voice.AUTHOR, "pay")
    claim(project, "waits", "Port")
    claim(project, "Ode loves", "Ode", "pay", stance="none", article=1)
    assert matrix(project) == {
        ("Ode", "night"): 1, ("Ode", "pay"): 2, ("Ruiz", "pay"): 1,
    }  # fmt: skip
    found = networks.build(project, Order(combine=Combine.SUBTRACT))
    assert found.left_out == (
        ("without a side taken", 1), ("without source", 2), ("without topics", 1),
    )  # fmt: skip
    assert (found.marks, found.statements) == (6, 3)
    assert matrix(project, combine=Combine.SUBTRACT)["Ruiz", "pay"] == -1
    assert matrix(project, voices=True)["(the article’s author)", "pay"] == 1
    assert matrix(project, kind=Kind.ONE_MODE, combine=Combine.CONFLICT) == {("Ode", "Ruiz"): 1}
    network = found.networks[0]
    assert network.marks_between(network.rows.index("Ode"), 0) == (first,)
    data = json.loads(json.dumps(found.as_data()))
    assert data["left_out"]["without source"] == 2
    assert found.in_words()[0] == "3 statements from 6 marks, 0 duplicates dropped"


def test_time_filters_isolates_and_variables(project: Project) -> None:
    claim(project, "wants night pay", "Ode", "pay")
    claim(project, "Ode wants", "Ode", "pay")
    claim(project, "does not", "Ruiz", "night", article=1)
    claim(project, "is mute", "Port", article=1)
    assert matrix(project)["Ode", "pay"] == 1
    assert matrix(project, duplicates=Duplicates.KEEP)["Ode", "pay"] == 2
    assert matrix(project, rows="publisher") == {("Courier", "pay"): 1, ("Post", "night"): 1}
    assert matrix(project, only=(("publisher", ("Post",)),)) == {("Ruiz", "night"): 1}
    assert matrix(project, without=(("topics", ("night", "rent")),)) == {("Ode", "pay"): 1}
    day = datetime(2024, 2, 1, tzinfo=UTC).date()
    assert matrix(project, since=day) == {("Ruiz", "night"): 1}
    assert matrix(project, until=day) == {("Ode", "pay"): 1}
    (shown,) = networks.build(project, Order(isolates=True)).networks
    assert shown.rows == ("Ode", "Port", "Ruiz")
    months = networks.build(project, Order(unit=Unit.MONTHS))
    assert [(one.label, len(one.cells)) for one in months.networks] == [
        ("2024-01", 1), ("2024-02", 1),
    ]  # fmt: skip
    with pytest.raises(BadInput, match="ends on 2024-01-01, before it begins"):
        Order(since=day, until=datetime(2024, 1, 1, tzinfo=UTC).date())


def test_the_actor_book_gives_names_types_and_affiliations(project: Project) -> None:
    claim(project, "wants night pay", "Ode", "pay")
    claim(project, "does not", "Ruiz", "pay")
    ode, ruiz = (
        mark
        for mark in project.file.db.execute(
            "SELECT id FROM mark WHERE layer = 'actor' ORDER BY start"
        )
    )
    actor_book.assign_new(project, ode[0], "Lena Ode")
    assert matrix(project) == {("Lena Ode", "pay"): 1, ("Ruiz", "pay"): 1}
    assert matrix(project, linked_only=True) == {("Lena Ode", "pay"): 1}
    assert matrix(project, rows="source.type") == {("person", "pay"): 1}
    assert matrix(project, rows="source.affiliation") == {("Lena Ode", "pay"): 1}
    marking.set_attribute(project, ruiz[0], "type", "organisation")
    actor_book.assign_new(project, ruiz[0], "Lena Ode")
    assert set(matrix(project)) == {
        ("Lena Ode (person)", "pay"), ("Lena Ode (organisation)", "pay"),
    }  # fmt: skip


def test_sentiment_goes_from_holder_to_target(project: Project) -> None:
    words: list[tuple[str, str, dict]] = [
        ("sentiment", "loves", {"polarity": "positive", "intensity": 3}),
        ("sentiment", "mute", {"polarity": "mixed", "intensity": 2}),
        ("sentiment", "does not", {"polarity": "negative", "intensity": 2}),
        ("actor", "Ode"),
        ("actor", "Ruiz"),
    ]  # type: ignore[list-item]
    loves, mute, against, ode, ruiz = mark_words(project, words)
    for mark, holder, target in ((loves, ode, ruiz), (mute, ode, ruiz), (against, ruiz, ode)):
        linking.tie(project, mark, "holder", holder)
        linking.tie(project, mark, "target", target)
    kind = Kind.DIRECTED
    assert matrix(project, kind=kind) == {("Ode", "Ruiz"): 1, ("Ruiz", "Ode"): -1}
    assert matrix(project, kind=kind, weighted=True) == {("Ode", "Ruiz"): 3, ("Ruiz", "Ode"): -2}
    assert matrix(project, kind=kind, norm=Norm.AVERAGE)["Ode", "Ruiz"] == 0.5
    counted = matrix(project, kind=kind, combine=Combine.IGNORE, duplicates=Duplicates.KEEP)
    assert counted == {("Ode", "Ruiz"): 2, ("Ruiz", "Ode"): 1}


def test_what_the_codebook_does_not_have_is_told(project: Project) -> None:
    for order, message in (
        ({"rows": "mood"}, "“mood” is nothing a claim can be counted by: choose from source"),
        ({"rows": "topics"}, "Rows and columns are both “topics”"),
        ({"qualifier": "mood"}, "no attribute “mood”"),
        ({"qualifier": "topics"}, "“topics” cannot tell stances apart"),
        ({"layer": "cue", "rows": "title", "columns": "publisher", "combine": Combine.SUBTRACT},
         "cue has no attribute that tells for from against"),
    ):  # fmt: skip
        with pytest.raises(BadInput, match=message):
            networks.build(project, Order(**order))  # type: ignore[arg-type]
    with pytest.raises(Refused, match="no layer “mood”"):
        networks.build(project, Order(layer="mood"))
    with pytest.raises(NotFound, match="no annotator “Nobody”"):
        networks.build(project, Order(annotator="Nobody"))


def test_files_are_written_one_for_each_window(project: Project, tmp_path: Path) -> None:
    claim(project, "wants night pay", "Ode", "pay")
    claim(project, "does not", "Ruiz", "night", article=1)
    found = networks.build(project, Order(unit=Unit.MONTHS))
    paths = networks.write(found, tmp_path / "net.csv")
    assert [path.name for path in paths] == ["net-2024-01.csv", "net-2024-02.csv"]
    assert paths[0].read_text(encoding="utf-8") == ",pay\nOde,1\n"
    before = project.path.read_bytes()[:100]
    with pytest.raises(Refused, match="is a project"):
        networks.write(networks.build(project, Order()), project.path, "matrix")
    assert project.path.read_bytes()[:100] == before


def test_looking_changes_nothing(project: Project) -> None:
    claim(project, "wants night pay", "Ode", "pay")
    changes = project.db.conn.total_changes
    networks.build(project, Order(kind=Kind.ONE_MODE))
    assert project.db.conn.total_changes == changes


# The public sample project, where it is at hand

SHARED = os.environ.get("ANNOTATOR_SHARED")
VARIABLES = ("person", "organization", "concept")


def dna_codebook() -> Codebook:
    """The default codebook, whose claims have what statements of DNA have."""
    book = default_codebook()
    claim = book.layer("claim")
    more = [Attribute(name, Holds.TEXT) for name in VARIABLES]
    more.append(Attribute("agreement", Holds.YES_NO))
    layers = [
        replace(layer, attributes=tuple(more)) if layer is claim else layer for layer in book.layers
    ]
    return replace(book, layers=tuple(layers))


def statements_of(path: Path) -> list[dict]:
    """Read the statements straight from the file, by a few lines that share nothing with our reader."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    variables = dict(db.execute("SELECT ID, Variable FROM VARIABLES WHERE StatementTypeId = 1"))
    found = {
        id: {"id": id, "document": document, "day": datetime.fromtimestamp(date, UTC).date()}
        for id, document, date in db.execute(
            "SELECT s.ID, d.ID, d.Date FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId "
            "WHERE s.StatementTypeId = 1 ORDER BY d.Date, s.ID"
        )
    }
    for table, value in (
        ("DATASHORTTEXT JOIN ENTITIES e ON e.ID = Entity", "e.Value"),
        ("DATABOOLEAN", "Value"),
    ):
        for id, variable, said in db.execute(
            f"SELECT StatementId, {'DATASHORTTEXT' if 'e.' in value else 'DATABOOLEAN'}.VariableId, {value} FROM {table}"
        ):
            if id in found and variable in variables:
                found[id][variables[variable]] = said
    db.close()
    return list(found.values())


def once(statements: list[dict], row: str, column: str, rule: str, *, stance: bool) -> list[dict]:
    """Drop duplicates by comparing each statement with all that were kept before."""
    kept: list[dict] = []
    for one in statements:
        if not one.get(row) or not one.get(column):
            continue
        same = [
            other for other in kept
            if all(one[name] == other[name] for name in (row, column))
            and (not stance or one["agreement"] == other["agreement"])
            and {
                "keep": False,
                "article": one["document"] == other["document"],
                "week": one["day"].isocalendar()[:2] == other["day"].isocalendar()[:2],
                "month": (one["day"].year, one["day"].month) == (other["day"].year, other["day"].month),
                "year": one["day"].year == other["day"].year,
                "range": True,
            }[rule]
        ]  # fmt: skip
        if not same:
            kept.append(one)
    return kept


needs_sample = pytest.mark.skipif(not SHARED, reason="the sample project is not here")


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[tuple[Project, list[dict]]]:
    """The sample project of DNA, imported, and its statements as its file holds them."""
    path = Path(str(SHARED)) / "dna" / "sample.dna"
    statements = statements_of(path)
    assert len(statements) > 30
    with projects.create(tmp_path / "dna", dna_codebook(), "Admin") as project:
        importing.import_all(project, [path])
        assert articles.count(project.db) == 7
        yield project, statements


def compare(found: Network, statements: list[dict], row: str, order: Order, **names: list) -> None:
    """See that a network is what the plain definitions make of statements, duplicates dropped before."""
    rows = names.get("rows") or sorted({one[row] for one in statements})
    columns = names.get("columns") or sorted({one["concept"] for one in statements})
    assert (found.rows, found.statements) == (tuple(rows), len(statements))
    plain = reference.two_mode if order.kind is Kind.TWO_MODE else reference.one_mode
    expected = plain(
        [(one[row], one["concept"], one["agreement"]) for one in statements],
        rows, columns, (0, 1), combine=order.combine, norm=order.norm, numeric="binary",
    )  # fmt: skip
    for one, two in zip(found.matrix(), expected, strict=True):
        assert one == pytest.approx(two), order


def dna_order(kind: Kind, row: str, **more: object) -> Order:
    return Order(kind=kind, rows=row, columns="concept", qualifier="agreement", **more)  # type: ignore[arg-type]


KINDS = (Kind.TWO_MODE, Kind.ONE_MODE)


@needs_sample
@pytest.mark.parametrize("row", ["person", "organization"])
def test_the_sample_of_dna_gives_the_matrices_of_an_independent_script(
    row: str, sample: tuple[Project, list[dict]]
) -> None:
    project, statements = sample
    compared = 0
    for kind in KINDS:
        for combine, norm, rule in product(*ALLOWED[kind], Duplicates):
            counted = once(statements, row, "concept", rule, stance=combine is not Combine.IGNORE)
            order = dna_order(kind, row, combine=combine, norm=norm, duplicates=rule)
            (found,) = networks.build(project, order).networks
            compare(found, counted, row, order)
            compared += 1
    assert compared == (9 + 16) * 6


@needs_sample
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("unit", "size", "span"),
    [
        ("days", 9, None),
        ("weeks", 2, None),
        ("weeks", 5, (date(2004, 12, 31), date(2005, 3, 31))),
        ("months", 2, (date(2004, 11, 30), date(2005, 5, 31))),
        ("years", 3, (date(2003, 2, 28), date(2007, 1, 1))),
    ],
)
def test_windows_of_the_sample_of_dna(
    kind: Kind, unit: str, size: int, span: tuple[date, date] | None,
    sample: tuple[Project, list[dict]],
) -> None:  # fmt: skip
    project, statements = sample
    combine = Combine.SUBTRACT
    counted = once(statements, "organization", "concept", "article", stance=True)
    since, until = span or (None, None)
    order = dna_order(
        kind, "organization", combine=combine, unit=Unit(unit), size=size, since=since, until=until
    )
    found = networks.build(project, order).networks
    expected = reference.windows(span or [one["day"] for one in counted], unit, size)
    assert expected
    assert [(made.since, made.until) for made in found] == expected
    for made, (begin, end) in zip(found, expected, strict=True):
        compare(made, [one for one in counted if begin <= one["day"] <= end], "organization", order)


PERIODS = {
    "days": lambda day: (day,),
    "weeks": lambda day: day.isocalendar()[:2],
    "months": lambda day: (day.year, day.month),
    "years": lambda day: (day.year,),
}


@needs_sample
def test_periods_of_the_sample_of_dna_in_every_way_of_combining(
    sample: tuple[Project, list[dict]],
) -> None:
    project, statements = sample
    for unit, kind in product(PERIODS, KINDS):
        for combine in ALLOWED[kind][0]:
            stance = combine is not Combine.IGNORE
            counted = once(statements, "person", "concept", "week", stance=stance)
            heaps: dict[tuple, list[dict]] = {}
            for one in counted:
                heaps.setdefault(PERIODS[unit](one["day"]), []).append(one)
            assert len(heaps) > 1 or unit == "years"
            order = dna_order(
                kind, "person", combine=combine, duplicates=Duplicates.WEEK, unit=Unit(unit)
            )
            found = networks.build(project, order).networks
            for made, some in zip(found, heaps.values(), strict=True):
                compare(made, some, "person", order)


@needs_sample
@pytest.mark.parametrize("kind", KINDS)
def test_windows_of_single_statements_of_the_sample_of_dna(
    kind: Kind, sample: tuple[Project, list[dict]]
) -> None:
    project, statements = sample
    counted = once(statements, "organization", "concept", "year", stance=True)
    order = dna_order(
        kind, "organization", combine=Combine.SUBTRACT, duplicates=Duplicates.YEAR,
        unit=Unit.EVENTS, size=8,
    )  # fmt: skip
    found = networks.build(project, order).networks
    assert len(found) == len(counted) - 8
    # Within one day their order is nobody's: windows that end within a day are left out here.
    days = [one["day"] for one in counted]
    clear = [
        at for at in range(4, len(counted) - 4)
        if (at == 4 or days[at - 5] < days[at - 4])
        and (at + 5 == len(days) or days[at + 4] < days[at + 5])
    ]  # fmt: skip
    for at in clear:
        compare(found[at - 4], counted[at - 4 : at + 5], "organization", order)


@needs_sample
@pytest.mark.parametrize("kind", KINDS)
def test_two_filters_at_once_in_windows_of_the_sample_of_dna(
    kind: Kind, sample: tuple[Project, list[dict]]
) -> None:
    project, statements = sample
    topics = tuple(sorted({one["concept"] for one in statements})[:4])
    somebody = min(one["person"] for one in statements if one["person"])
    left = [
        one for one in statements if one["concept"] in topics and one["person"] != somebody
    ]  # fmt: skip
    for combine, norm in product(*ALLOWED[kind]):
        order = dna_order(
            kind, "organization", combine=combine, norm=norm, unit=Unit.YEARS,
            only=(("concept", topics),), without=(("person", (somebody,)),),
        )  # fmt: skip
        stance = combine is not Combine.IGNORE
        heaps: dict[int, list[dict]] = {}
        for one in once(left, "organization", "concept", "article", stance=stance):
            heaps.setdefault(one["day"].year, []).append(one)
        found = networks.build(project, order).networks
        for made, some in zip(found, heaps.values(), strict=True):
            compare(made, some, "organization", order)


@needs_sample
@pytest.mark.parametrize("kind", KINDS)
def test_a_qualifier_without_sides_of_the_sample_of_dna(
    kind: Kind, sample: tuple[Project, list[dict]]
) -> None:
    """Who speaks stands for the stance: a category for each."""
    project, statements = sample
    ends = ("organization", "concept", "person")
    said = {
        (*(one[name] for name in ends), one["document"])
        for one in statements
        if all(one[name] for name in ends)
    }
    rows, columns, levels = (sorted({one[at] for one in said}) for at in range(3))
    plain = reference.two_mode if kind is Kind.TWO_MODE else reference.one_mode
    for combine, norm in product(*ALLOWED[kind]):
        if combine is Combine.IGNORE:
            continue  # then there are no levels to compare
        order = dna_order(kind, "organization", combine=combine, norm=norm)
        (made,) = networks.build(project, replace(order, qualifier="person")).networks
        expected = plain(
            [one[:3] for one in said], rows, columns, levels,
            combine=combine, norm=norm, numeric="categories",
        )  # fmt: skip
        assert (made.rows, made.statements) == (tuple(rows), len(said))
        for one, two in zip(made.matrix(), expected, strict=True):
            assert one == pytest.approx(two), order


@needs_sample
@pytest.mark.parametrize("kind", KINDS)
def test_isolates_filters_and_ranges_of_the_sample_of_dna(
    kind: Kind, sample: tuple[Project, list[dict]]
) -> None:
    project, statements = sample
    topics = sorted({one["concept"] for one in statements})[:2]
    days = sorted({one["day"] for one in statements})
    middle = days[len(days) // 2]
    counted = once(statements, "organization", "concept", "article", stance=True)
    combine = ALLOWED[kind][0][1]
    for more, kept in (
        ({"only": (("concept", tuple(topics)),)}, lambda one: one["concept"] in topics),
        ({"without": (("concept", tuple(topics)),)}, lambda one: one["concept"] not in topics),
        ({"until": middle}, lambda one: one["day"] <= middle),
        ({"since": middle}, lambda one: one["day"] >= middle),
    ):
        order = dna_order(kind, "organization", combine=combine, **more)
        (found,) = networks.build(project, order).networks
        some = [one for one in counted if kept(one)]
        assert 0 < len(some) < len(counted)
        compare(found, some, "organization", order)
        (found,) = networks.build(project, replace(order, isolates=True)).networks
        there = (
            [one for one in statements if kept(one)]
            if "only" not in more and "without" not in more
            else statements
        )
        rows = sorted({one["organization"] for one in there if one["organization"]})
        columns = sorted({one["concept"] for one in there if one["concept"]})
        compare(found, some, "organization", order, rows=rows, columns=columns)


@needs_sample
def test_directed_networks_of_the_sample_of_dna(sample: tuple[Project, list[dict]]) -> None:
    """The sample has no judgements; who speaks for whom is directed as well."""
    project, statements = sample
    for combine, norm, rule in product(*ALLOWED[Kind.DIRECTED], Duplicates):
        counted = once(
            statements, "person", "organization", rule, stance=combine is not Combine.IGNORE
        )
        order = Order(
            kind=Kind.DIRECTED, layer="claim", rows="person", columns="organization",
            qualifier="agreement", combine=combine, norm=norm, duplicates=rule,
        )  # fmt: skip
        (found,) = networks.build(project, order).networks
        names = sorted({one[end] for one in counted for end in ("person", "organization")})
        assert found.rows == found.columns == tuple(names)
        expected = reference.directed(
            [(one["person"], one["organization"], one["agreement"]) for one in counted],
            names, (0, 1), combine=combine, norm=norm, numeric="binary",
        )  # fmt: skip
        for one, two in zip(found.matrix(), expected, strict=True):
            assert one == pytest.approx(two), order
