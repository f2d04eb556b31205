"""The situations that WebAnno's own suite names, made here: stacked, partial, crossing, look-alike, related."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.article import Meta
from annotator.domain.coded import CodedArticle
from annotator.domain.fragment import place
from annotator.domain.identity import derived_id
from annotator.domain.link import Link, link_id
from annotator.domain.mark import Mark, Origin, Provenance, View
from annotator.domain.text import decode
from annotator.formats.webanno import WebAnnoWriter
from annotator.formats.webanno_cells import cell, ends, stacked, text_line, text_of_line
from annotator.services.codebooks import default_codebook
from tests.formats.contract import NOW, ODD, read, write

MADE = Provenance(derived_id("annotator", "Amal"), NOW, NOW, Origin.MANUAL, 1)


def coded(
    text: str, *marks: tuple[str, int, int, dict], links: tuple[tuple[int, str, int], ...] = ()
):
    kept = decode(text.encode())
    article = derived_id("article", text)
    made = tuple(
        Mark(
            derived_id(article, str(n)),
            article,
            View.ANNOTATOR,
            layer,
            place(kept.text, [(start, end)]),
            MADE,
            values,
        )
        for n, (layer, start, end, values) in enumerate(marks)
    )
    tied = tuple(
        Link(
            link_id(made[a].id, type, made[b].id),
            article,
            View.ANNOTATOR,
            type,
            made[a].id,
            MADE,
            made[b].id,
        )
        for a, type, b in links
    )
    return CodedArticle(
        kept.text_sha256, Meta(), article, kept, annotator="Amal", marks=made, links=tied
    )


SITUATIONS = {
    "one token": coded("This is a test .", ("actor", 0, 4, {})),
    "without values": coded("This is a test .", ("cue", 5, 7, {})),
    "several tokens": coded("This is a test .", ("actor", 0, 14, {"type": "person"})),
    "stacked on one token": coded("This is it.", ("actor", 0, 4, {"type": "person"}), ("actor", 0, 4, {"type": "media"})),
    "stacked on several": coded("This is it.", ("claim", 0, 7, {}), ("claim", 0, 7, {}), ("claim", 0, 7, {"mode": "mixed"})),
    "crossing": coded("one two three", ("claim", 0, 7, {}), ("claim", 4, 13, {})),
    "nested": coded("one two three", ("claim", 0, 13, {}), ("claim", 4, 7, {})),
    "across sentences": coded("First one. Second one.", ("claim", 6, 17, {})),
    "across paragraphs": coded("First one\n\nSecond one", ("claim", 0, 21, {})),
    "part of a token": coded("blackboard", ("actor", 0, 5, {})),
    "overlapping parts of a token": coded("blackboard", ("actor", 0, 6, {}), ("actor", 3, 10, {})),
    "from inside one to inside another": coded("blackboard chalk", ("claim", 5, 13, {})),
    "part and whole": coded("blackboard", ("actor", 0, 10, {}), ("actor", 0, 5, {})),
    "emoji before": coded("I like it \U0001f60a .", ("cue", 10, 11, {}), ("cue", 12, 13, {})),  # A6
    "no space between sentences": coded("one.two", ("claim", 0, 4, {}), ("claim", 4, 7, {})),
    "tab and odd blanks": coded("a\tb\u2028c\u00a0d", ("claim", 0, 7, {})),
    "blank lines at both ends": coded("\n\n  x y \n\n", ("claim", 4, 7, {})),
    "right to left": coded("قال محمد: لا", ("actor", 4, 8, {}), ("claim", 10, 12, {})),
    "relation to the left": coded("He said no.", ("actor", 0, 2, {}), ("claim", 8, 10, {}), links=((1, "source", 0),)),
    "relation to the right": coded("No, he said.", ("claim", 0, 2, {}), ("actor", 4, 6, {}), links=((0, "source", 1),)),  # E1
    "relation on one place": coded("No.", ("claim", 0, 2, {}), ("actor", 0, 2, {}), links=((0, "source", 1),)),  # E5
    "several relations": coded(
        "A and B say no.", ("actor", 0, 1, {}), ("actor", 6, 7, {}), ("claim", 12, 14, {}),
        links=((2, "source", 0), (2, "source", 1), (2, "about", 1)),
    ),
    "relations of stacked marks": coded(
        "A says no.", ("actor", 0, 1, {}), ("claim", 7, 9, {}), ("claim", 7, 9, {}), links=((1, "source", 0),),
    ),
    "relation of long marks": coded(
        "The old man says no at all.", ("actor", 0, 11, {}), ("claim", 17, 26, {}), links=((1, "source", 0),),
    ),  # E4
}  # fmt: skip


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_situation_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    item = SITUATIONS[name]
    assert write(WebAnnoWriter(), [item], default_codebook(), tmp_path / "out") == []
    result = read(tmp_path / "out", default_codebook())
    assert result.remarks == []
    (back,) = result.in_order()
    assert {(m.id, m.layer, m.fragments, tuple(m.attributes.items())) for m in back.marks} == {
        (m.id, m.layer, m.fragments, tuple(m.attributes.items())) for m in item.marks
    }
    assert {link.id for link in back.links} == {link.id for link in item.links}


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_file_alone_gives_the_marks_at_their_words(name: str, tmp_path: Path) -> None:
    item = SITUATIONS[name]
    write(WebAnnoWriter(), [item], default_codebook(), tmp_path / "out")
    (file,) = (tmp_path / "out").rglob("*.tsv")
    (tmp_path / "alone.tsv").write_bytes(file.read_bytes())
    (back,) = read(tmp_path / "alone.tsv", default_codebook()).in_order()
    assert sorted("".join(m.text.split()) for m in back.marks) == sorted(
        "".join(m.text.split()) for m in item.marks
    )


def test_blank_edges_are_left_out_and_told(tmp_path: Path) -> None:  # B18
    item = coded("one  two", ("claim", 0, 3, {}))
    wide = replace(
        item.marks[0], fragments=(replace(item.marks[0].fragments[0], end=4, slice="one "),)
    )
    losses = write(
        WebAnnoWriter(), [replace(item, marks=(wide,))], default_codebook(), tmp_path / "out"
    )
    assert [(loss.kind, loss.record) for loss in losses] == [("mark", wide.id)]


@pytest.mark.parametrize("name", [*ODD, "a;b|c[1]", "\\[2]", "*_*", "x->y[3]"])
def test_look_alikes_keep_their_meaning(name: str) -> None:  # C16, H8
    said = cell([([name], 3), ([name, name], 4), ([], 5)])
    assert "\t" not in said
    assert "\n" not in said
    assert list(stacked(said)) == [([name], 3), ([name, name], 4), ([], 5)]
    assert text_of_line(text_line(name)) == name


def test_cells_of_others() -> None:
    assert list(stacked("PER")) == [(["PER"], None)]
    assert list(stacked("*")) == [([], None)]
    assert list(stacked("PER[1]|ORG[2]")) == [(["PER"], 1), (["ORG"], 2)]
    assert list(ends("1-4[1_0]|2-1.1")) == [("1-4", 1, 0), ("2-1.1", 0, 0)]


def test_a_file_of_inception_comes_in(tmp_path: Path) -> None:  # D13
    lines = [
        "#FORMAT=WebAnno TSV 3.3",
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value",
        "#T_SP=webanno.custom.Claim|stance",
        "#T_RL=webanno.custom.Says|label|BT_webanno.custom.Claim",
        "", "",
        "#Text=Kyiv said no.",
        "1-1\t0-4\tKyiv\t*\tORG\t_\tsource\t1-3[1_0]\t",
        "1-2\t5-9\tsaid\t_\t_\t_\t_\t_\t",
        "1-3\t10-12\tno\t_\t_\toppose[1]\t_\t_\t",
        "1-4\t12-13\t.\t_\t_\toppose[1]\t_\t_\t",
        "1-5\t13-13\t\t_\t_\tneutral[2]\t_\t_\t",
        "",
        "#Text=Never.",
        "2-1\t14-19\tNever\t_\t_\t_\t_\t",
        "2-2\t19-20\t.\t_\t_\t_\t_\t_\t",
    ]  # fmt: skip
    (tmp_path / "doc.tsv").write_text("\n".join(lines), encoding="utf-8", newline="")
    result = read(tmp_path / "doc.tsv", default_codebook())
    (back,) = result.in_order()
    assert back.text is not None
    assert back.text.text == "Kyiv said no.\nNever."
    assert {(mark.layer, mark.text, tuple(mark.attributes.items())) for mark in back.marks} == {
        ("actor", "Kyiv", (("type", "organisation"),)),
        ("claim", "no.", (("stance", "oppose"),)),
    }
    by_id = {mark.id: mark.text for mark in back.marks}
    assert [(by_id[link.start], link.type, by_id[link.end or ""]) for link in back.links] == [
        ("no.", "source", "Kyiv")
    ]
    lost = [remark for remark in result.remarks if remark.lost]
    assert any("line 15" in remark.where for remark in lost)  # a column is missing
    assert len(lost) == 2  # and the mark that covers nothing
