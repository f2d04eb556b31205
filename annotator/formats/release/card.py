"""The dataset card: README.md with the head that dataset hubs read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotator.domain.counts import counted
from annotator.domain.mark import Origin
from annotator.domain.release import Texts
from annotator.formats.release.facts import NOT_KNOWN, Facts
from annotator.formats.release.fields import SOFT_FIELDS, Field, article_fields
from annotator.formats.release.yaml import dump

Json = dict[str, Any]

FILES = {"train": "data/train.jsonl", "dev": "data/dev.jsonl", "test": "data/test.jsonl"}
ANNOTATIONS = "data/annotations.jsonl"
SOFT = "data/soft_labels.jsonl"

_HUB_SPLITS = {"train": "train", "dev": "validation", "test": "test"}
_HUB_LICENCES = (
    "cc0-1.0", "cc-by-4.0", "cc-by-sa-4.0", "cc-by-nc-4.0", "cc-by-nc-sa-4.0", "cc-by-nd-4.0",
    "cc-by-nc-nd-4.0", "odc-by", "odbl", "pddl", "mit", "apache-2.0",
)  # fmt: skip
_SIZES = (
    (1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"),
)  # fmt: skip

_TEXTS = {
    Texts.WITH: "The texts of the articles are in the lines.",
    Texts.SNIPPETS: "The texts of the articles are left out; the marked words are there. With your own copies of "
    "the articles, `annotator rehydrate` puts the texts back by their hashes.",
    Texts.WITHOUT: "Texts and marked words are left out; offsets, hashes and addresses are there. With your own "
    "copies of the articles, `annotator rehydrate` puts both back by the hashes.",
}


def card(facts: Facts) -> str:
    """Return README.md."""
    return "---\n" + dump(_head(facts)) + "---\n\n" + "\n".join(_body(facts)) + "\n"


def fields_in_words(fields: Sequence[Field], within: str = "") -> Iterator[str]:
    """Yield a list item for each field, those within an object under its name."""
    for field in fields:
        name = f"{within}{field.name}"
        kind = "object" if field.fields else field.type
        said = f": {field.about}" if field.about else ""
        yield f"- `{name}` ({'list of ' * field.depth}{kind}){said}"
        yield from fields_in_words(field.fields, f"{name}.")


def _head(facts: Facts) -> Json:
    licence = facts.about.licence
    known = licence.lower() in _HUB_LICENCES
    head: Json = {
        "pretty_name": facts.title,
        "language": [language.split("-")[0] for language in facts.languages] or ["und"],
        "license": licence.lower() if known else "other" if licence else "unknown",
    }
    if licence and not known:
        head |= {"license_name": licence, "license_link": "LICENSE"}
    made = ["expert-generated"]
    if facts.suggesters:
        made.append("machine-generated")
    head |= {
        "annotations_creators": made,
        "language_creators": ["found"],
        "source_datasets": ["original"],
        "size_categories": [next((name for most, name in _SIZES if facts.total < most), "1M<n<10M")],
        "task_categories": ["token-classification", "text-classification"],
        "tags": ["news", "quotations", "stance", "sentiment", "span annotation", "disagreement"],
        "configs": list(_configs(facts)),
        "dataset_info": list(_info(facts)),
    }  # fmt: skip
    return head


def _configs(facts: Facts) -> Iterator[Json]:
    splits = [
        {"split": _HUB_SPLITS[name], "path": path}
        for name, path in FILES.items()
        if facts.lines_of(path)
    ]
    if splits:
        yield {"config_name": "default", "data_files": splits, "default": True}
    for name, path in (("annotations", ANNOTATIONS), ("soft_labels", SOFT)):
        if facts.lines_of(path):
            yield {"config_name": name, "data_files": [{"split": "train", "path": path}]}


def _info(facts: Facts) -> Iterator[Json]:
    fields = article_fields(facts.codebook, facts.loose)
    for config in _configs(facts):
        name = config["config_name"]
        yield {
            "config_name": name,
            "features": _features(SOFT_FIELDS if name == "soft_labels" else fields),
        }


def _features(fields: Iterable[Field]) -> list[Json]:
    return [{"name": field.name, **_feature(field)} for field in fields]


def _feature(field: Field) -> Json:
    inner: Json = {"struct": _features(field.fields)} if field.fields else {"dtype": field.type}
    for number in range(field.depth):
        if number == 0:
            inner = {"list": inner["struct"] if field.fields else field.type}
        else:
            inner = {"list": inner}
    return inner


def _body(facts: Facts) -> Iterator[str]:
    about = facts.about
    yield f"# {facts.title}"
    yield ""
    yield f"Version {facts.version}, {facts.day}."
    yield ""
    yield about.description or (
        "News articles in which people marked who acts, who says what, and how it is judged."
    )
    yield ""
    yield _TEXTS[facts.texts]
    for title, lines in _sections(facts):
        yield ""
        yield f"## {title}"
        yield ""
        yield from lines


def _sections(facts: Facts) -> Iterator[tuple[str, Iterable[str]]]:
    about = facts.about
    yield "What is in it", _counts(facts)
    yield (
        "Supported tasks",
        (
            "Finding actors, claims, cues and judgements in news; tying claims to who said them; stance and sentiment; learning from disagreement.",
        ),
    )
    yield (
        "Languages",
        (", ".join(facts.languages) if facts.languages else "Not stated in the articles.",),
    )
    yield "Files", _files(facts)
    yield "Fields", _fields(facts)
    yield "Splits", _splits(facts)
    yield (
        "Source data",
        (
            about.collection or f"How the articles were collected: {NOT_KNOWN.lower()}",
            "",
            _period(facts),
        ),
    )
    yield "Annotation", _annotation(facts)
    yield "Agreement", _agreement(facts)
    yield (
        "Personal and sensitive information",
        (
            "News names living people, with facts about their politics, religion or health.",
            "",
            "Annotators go by pseudonyms dealt for this release; nothing says who they are or when they worked.",
            "",
            f"To have something taken out, write to {about.contact}."
            if about.contact
            else "No contact for taking something out was given.",
        ),
    )
    yield (
        "Biases and limitations",
        (
            about.limitations or NOT_KNOWN,
            "",
            "A mark tells what an article says, not what is true.",
        ),
    )
    yield "Curators", (", ".join(about.creators) or NOT_KNOWN,)
    yield (
        "Licence",
        (
            f"The marks: {about.licence or 'not stated'}. The texts remain their publishers’; see `meta.licence` of each line.",
        ),
    )
    yield "Citation", (about.citation or NOT_KNOWN,)


def _counts(facts: Facts) -> Iterator[str]:
    yield "| | articles |"
    yield "|---|---:|"
    for name, count in facts.articles.items():
        yield f"| {name} | {count:,} |"
    yield ""
    yield "| layer | marks in the splits |"
    yield "|---|---:|"
    for layer, count in facts.marks.items():
        yield f"| {layer} | {count:,} |"
    if facts.left_out:
        yield ""
        yield (
            f"{facts.left_out:,} more {'was' if facts.left_out == 1 else 'were'} coded by several people and not adjudicated yet: "
            f"{'it is' if facts.left_out == 1 else 'they are'} in "
            f"`{ANNOTATIONS}` only."
        )


def _files(facts: Facts) -> Iterator[str]:
    about = {
        **dict.fromkeys(FILES.values(), "adjudicated, or by the one annotator who finished it"),
        ANNOTATIONS: "one line for each article and annotator",
        SOFT: "one line for each thing that any of several annotators marked: who did, and how",
        "codebook.json": "layers, attributes and values with their definitions",
        "codebook.md": "the same to read: the guidelines",
        "agreement.json": "all coefficients with intervals",
        "splits.json": "seed, method, and what had to stay together",
        "croissant.json": "this description for machines",
        "datasheet.md": "questions and answers about the dataset",
        "checksums.sha256": "for `sha256sum -c checksums.sha256`",
    }
    for path, words in about.items():
        if not path.endswith(".jsonl") or any(file.path == path for file in facts.files):
            yield f"- `{path}`: {words}"


def _fields(facts: Facts) -> Iterator[str]:
    yield (
        "Every line has all keys. Offsets count Unicode code points of `text` from 0, the end not included; a mark with several "
        "fragments has gaps. “unknown” and “author” are answers; null is “not filled in”."
    )
    yield ""
    yield from fields_in_words(article_fields(facts.codebook, facts.loose))
    yield ""
    yield f"In `{SOFT}`:"
    yield ""
    yield from fields_in_words(SOFT_FIELDS)


def _splits(facts: Facts) -> Iterator[str]:
    yield f"{facts.method} Seed {facts.seed}."
    yield ""
    nearest = (
        "No two articles of different splits share a fifth of the shorter one’s runs of five words."
        if facts.nearest is None
        else f"The nearest two articles of different splits share {facts.nearest:.0%} of the shorter one’s runs of five words."
    )
    yield (
        f"Copies of one article, articles with one text and those of one address are in one split: {counted(facts.groups, 'such group')}. {nearest} "
        "An article keeps its split in later versions."
    )
    for note in facts.notes:
        yield ""
        yield note


def _period(facts: Facts) -> str:
    papers = ", ".join(f"{name} ({count:,})" for name, count in facts.publishers[:12])
    more = f" and {len(facts.publishers) - 12} more" if len(facts.publishers) > 12 else ""
    when = f"Published {facts.first_day} to {facts.last_day}. " if facts.first_day else ""
    return f"{when}Publishers: {papers}{more}." if papers else f"{when}Publishers are not stated."


def _annotation(facts: Facts) -> Iterator[str]:
    yield facts.about.process or f"How annotators were trained: {NOT_KNOWN.lower()}"
    yield ""
    spread = ", ".join(f"{many:,} by {people}" for people, many in facts.per_article.items())
    yield (
        f"{facts.people} annotators, {facts.annotations:,} codings of articles ({spread}). Codebook version "
        f"{facts.codebook_version}; made with {facts.program}."
    )
    yield ""
    origins = ", ".join(f"{count:,} {name}" for name, count in facts.origins.items() if count)
    yield f"How marks came about: {origins or 'none were made'}."
    if facts.suggesters:
        names = ", ".join(f"{name} {version}" for name, version in facts.suggesters)
        yield ""
        yield (
            f"Marks called {Origin.SUGGESTED.value} or {Origin.EDITED.value} were proposed by a program and accepted by a person: {names}."
        )


def _agreement(facts: Facts) -> Iterator[str]:
    if not facts.agreement:
        yield "No article was finished by two annotators, so there is none to tell."
        return
    yield "| layer | what | measure | value | 95 % interval |"
    yield "|---|---|---|---:|---|"
    for row in facts.agreement:
        yield f"| {row.layer} | {row.about} | {row.measure} | {row.value} | {row.interval} |"
    yield ""
    yield "All measures are in `agreement.json`."
