"""DocBin as spaCy itself reads it, and DocBins that spaCy wrote."""

from __future__ import annotations

import zlib
from pathlib import Path

from annotator.domain.coded import CodedArticle
from annotator.formats.docbin import DocBinWriter
from annotator.services.codebooks import default_codebook
from tests.formats.contract import Wish, make, read, write


def written(tmp_path: Path, seeds: range) -> tuple[Path, list[CodedArticle], set[str | None]]:
    coded: list[CodedArticle] = []
    for seed in seeds:
        book, more = make(seed, Wish(odd=False))
        coded += more
    out = tmp_path / "out"
    losses = write(DocBinWriter(), coded, book, out)
    return out, coded, {loss.record for loss in losses if loss.kind == "mark"}


def test_spacy_reads_every_mark_that_fits_its_tokens(tmp_path: Path) -> None:  # C1, C3, C13
    import spacy
    from spacy.tokens import DocBin

    out, coded, lost = written(tmp_path, range(15))
    vocab = spacy.blank("xx").vocab
    found: dict[str, list[str]] = {}
    for file in sorted(out.rglob("*.spacy")):
        for doc in DocBin().from_disk(file).get_docs(vocab):
            for group in doc.spans.values():
                for span in group:
                    assert span.text == span.text.strip()
                    found.setdefault(span.id_.partition("#")[0], []).append(span.text)
            assert all(entity.label_.startswith("actor") for entity in doc.ents)
    marks = {mark.id: mark for item in coded for mark in item.marks if mark.id not in lost}
    assert found.keys() == marks.keys()
    for id, words in found.items():
        assert sorted(words) == sorted(part.slice for part in marks[id].fragments)
    assert lost  # sub-token marks are among them, and told


def test_the_configuration_can_be_trained_on_what_was_written(tmp_path: Path) -> None:
    from spacy.tokens import DocBin
    from spacy.training import Example
    from spacy.util import load_config, load_model_from_config

    out, _, _ = written(tmp_path, range(15))
    config = load_config(out / "config.cfg")
    nlp = load_model_from_config(config, auto_fill=False)
    docs = [
        doc
        for file in sorted(out.rglob("*.spacy"))
        for doc in DocBin().from_disk(file).get_docs(nlp.vocab)
    ]
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs]
    nlp.initialize(lambda: examples)
    losses = nlp.update(examples)
    assert losses["ner"] > 0
    assert losses["spancat"] > 0
    assert "claim" in nlp(docs[0].text).spans


def test_a_docbin_of_others_comes_in(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    doc = spacy.blank("en")("Amal Haddad said 😀 no to Kyiv.")
    doc.set_ents([doc.char_span(0, 11, label="PERSON")])
    doc.spans["sc"] = [doc.char_span(19, 29, label="claim"), doc.char_span(12, 16, label="cue")]
    (tmp_path / "train.spacy").write_bytes(DocBin(docs=[doc]).to_bytes())
    result = read(tmp_path / "train.spacy", default_codebook())
    (coded,) = result.in_order()
    assert coded.text is not None
    assert coded.text.text == doc.text
    assert sorted((mark.layer, mark.text) for mark in coded.marks) == [
        ("actor", "Amal Haddad"),
        ("claim", "no to Kyiv"),
        ("cue", "said"),
    ]


def test_a_bomb_and_a_cut_file_are_refused(tmp_path: Path) -> None:
    for number, raw in enumerate(
        (zlib.compress(b"\x00" * 10_000_000), b"\x78\x9c", zlib.compress(b"x"))
    ):
        file = tmp_path / f"{number}.spacy"
        file.write_bytes(raw)
        result = read(file, default_codebook())
        assert not result.coded
        assert len(result.remarks) == 1
