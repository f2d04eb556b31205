"""The datasheet: the questions of “Datasheets for Datasets” in short, answered or “not known”."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.counts import counted
from annotator.domain.release import Texts
from annotator.formats.release.facts import NOT_KNOWN, Facts

_TEXTS = {
    Texts.WITH: "The whole text of each article.",
    Texts.SNIPPETS: "The marked words of each article; its whole text is left out.",
    Texts.WITHOUT: "No words of the articles: offsets, hashes and addresses.",
}


def datasheet(facts: Facts) -> str:
    """Return datasheet.md."""
    lines = [f"# Datasheet of {facts.title}, version {facts.version}"]
    for section, questions in _sections(facts):
        lines += ["", f"## {section}"]
        for question, answer in questions:
            lines += ["", f"**{question}**", "", answer or NOT_KNOWN]
    return "\n".join(lines) + "\n"


def _sections(facts: Facts) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    about = facts.about
    people = f"{facts.people} annotators under pseudonyms"
    yield (
        "Motivation",
        (
            ("For what purpose was the dataset created?", about.purpose),
            ("Who created it?", ", ".join(about.creators)),
            ("Who paid for it?", ""),
        ),
    )
    yield (
        "Composition",
        (
            (
                "What do the instances represent?",
                "News articles as people coded them: actors, claims, cues, judgements, and ties between them.",
            ),
            (
                "How many are there?",
                f"{counted(facts.total, 'article')} in splits, {counted(facts.annotations, 'coding')} by single annotators, {counted(sum(facts.marks.values()), 'mark')} in the splits.",
            ),
            ("Is it a sample of a larger set?", about.collection),
            ("What does each instance consist of?", _TEXTS[facts.texts]),
            (
                "Is anything missing?",
                f"{counted(facts.left_out, 'article')} not adjudicated {'stands' if facts.left_out == 1 else 'stand'} outside the splits. Work that annotators had not finished is left out.",
            ),
            (
                "Are there recommended splits?",
                f"Yes: {facts.method} {counted(facts.groups, 'group')} of copies {'was' if facts.groups == 1 else 'were'} kept together.",
            ),
            (
                "Are there errors or redundancies?",
                "Copies of one article are kept and named by `duplicate_group`; disagreement is kept in `data/annotations.jsonl` and `data/soft_labels.jsonl`.",
            ),
            (
                "Does it contain sensitive data?",
                "Articles name living people, with facts about politics, religion or health as the press printed them.",
            ),
        ),
    )
    yield (
        "Collection",
        (
            ("How was the data acquired?", about.collection),
            (
                "Over what time?",
                f"Articles published from {facts.first_day} to {facts.last_day}."
                if facts.first_day
                else "",
            ),
            ("Were the people named told?", ""),
        ),
    )
    yield (
        "Preprocessing and labelling",
        (
            (
                "What was done to the texts?",
                "They were decoded once, line ends made alike, and nothing else changed; each has a SHA-256.",
            ),
            ("How was it labelled?", about.process),
            (
                "By whom?",
                f"By {people}. Who they are, and when they worked, is not told.",
            ),
            (
                "Which programs took part?",
                ", ".join(f"{name} {version}" for name, version in facts.suggesters)
                or "None: no mark was proposed by a program.",
            ),
        ),
    )
    yield (
        "Uses",
        (
            ("What should it not be used for?", about.limitations),
            (
                "What may affect future uses?",
                "A mark tells what an article says, not what is true.",
            ),
        ),
    )
    yield (
        "Distribution",
        (
            ("Where is it found?", facts.about.url),
            (
                "Under which licence?",
                f"The marks: {about.licence or 'not stated'}. The texts remain their publishers’.",
            ),
        ),
    )
    yield (
        "Maintenance",
        (
            ("Who can be asked, and asked to take something out?", about.contact),
            (
                "Will it be updated?",
                "Versions have three numbers: the first grows when meanings or ids change, the second when articles are added, the third with corrections. A release is never overwritten; CHANGELOG.md tells what changed.",
            ),
        ),
    )
