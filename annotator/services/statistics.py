"""Counting what a project holds; suggestions are never counted as marks."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from annotator.services import working_time
from annotator.services.project import Project
from annotator.services.wording import counted
from annotator.store import counting


@dataclass(frozen=True, slots=True)
class Person:
    """What one annotator did.

    Attributes:
        marks: by layer.
        values: by layer and attribute, how often each value was given.
        links: by type.
        verdicts: by layer, how many articles have each verdict other than open.
        minutes: by article, how long they worked on it, idle time left out.
    """

    name: str
    marks: dict[str, int] = field(default_factory=dict)
    values: dict[str, dict[str, int]] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)
    verdicts: dict[str, dict[str, int]] = field(default_factory=dict)
    minutes: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a project holds."""

    articles: int
    characters: int
    actors: int
    codebook_version: int
    gold: int
    people: tuple[Person, ...]

    def as_data(self) -> dict[str, object]:
        """Return plain values for JSON."""
        return asdict(self)

    def in_words(self) -> list[str]:
        """Return the counts in lines."""
        lines = [
            (
                f"{counted(self.articles, 'article')}, {counted(self.characters, 'character')}, "
                f"{counted(self.actors, 'actor')} in the actor book, codebook version {self.codebook_version}"
            )
        ]
        if self.gold:
            lines.append(f"{counted(self.gold, 'gold mark')}")
        for person in self.people:
            lines.append(f"{person.name}: {counted(sum(person.marks.values()), 'mark')}")
            for layer, count in person.marks.items():
                lines.append(f"  {layer:12} {count:>7,}")
                lines += [
                    f"    {name:12} "
                    + ", ".join(f"{value} {number:,}" for value, number in values.items())
                    for name, values in _of_layer(person.values, layer)
                ]
            if person.links:
                lines.append(
                    "  links        "
                    + ", ".join(f"{type} {count:,}" for type, count in person.links.items())
                )
            for layer, verdicts in person.verdicts.items():
                lines.append(
                    f"  {layer}: "
                    + ", ".join(f"{verdict} {count:,}" for verdict, count in verdicts.items())
                )
            worked = [found for found in person.minutes.values() if found]
            if worked:
                lines.append(
                    f"  worked {sum(worked):,.0f} minutes on {counted(len(worked), 'article')}, "
                    f"{sum(worked) / len(worked):.1f} each"
                )
        return lines


def count(project: Project) -> Statistics:
    """Count everything in a project."""
    db = project.db
    people = tuple(
        Person(
            name=name,
            marks=counting.marks_by_layer(db, id),
            values=counting.values_by_attribute(db, id),
            links=counting.links_by_type(db, id),
            verdicts=counting.verdicts_by_layer(db, id),
            minutes={
                article: round(found, 2)
                for article, found in working_time.minutes_by_article(project, id).items()
            },
        )
        for id, name in counting.people(db)
    )
    articles, characters = counting.articles(db)
    return Statistics(
        articles, characters, counting.actors(db), project.book.version, counting.gold(db), people
    )


def _of_layer(values: dict[str, dict[str, int]], layer: str) -> list[tuple[str, dict[str, int]]]:
    return [
        (name.partition(".")[2], counts)
        for name, counts in values.items()
        if name.partition(".")[0] == layer
    ]
