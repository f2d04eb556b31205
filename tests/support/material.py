"""Projects and articles to try things on."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.article import Article, Meta, TextSource
from annotator.domain.text import decode
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.services.project import Project
from annotator.store import articles

STORY = (
    "Port strike enters second week\n\n"
    "The harbour workers’ union called the offer “an insult” on Monday.\n\n"
    "“We will not go back,” said Amal Haddad, who leads the union, “until the night shift is paid.” "
    "The port authority said it had no money left.\n"
)


def make_project(
    folder: Path, *texts: str, annotator: str = "Amal", name: str = "study"
) -> Project:
    """Return a new project with these articles."""
    project = projects.create(folder / name, default_codebook(), annotator)
    for number, text in enumerate(texts):
        add_article(project, text, f"Article {number + 1}")
    return project


def add_article(project: Project, text: str, title: str | None = None) -> Article:
    """Add one article to a project, as an import does."""
    decoded = decode(text.encode())
    article = Article(
        id=project.file.new_id(),
        meta=Meta(title=title),
        text_sha256=decoded.text_sha256,
        length=len(decoded.text),
        source=TextSource(
            decoded.encoding, decoded.newlines, decoded.had_bom, decoded.source_sha256
        ),
        added=project.file.clock(),
        position=articles.next_position(project.db),
    )
    with project.step(f"Import {title}") as ticket:
        articles.keep_text(project.db, decoded.text_sha256, decoded.text)
        ticket.write.put(article)
    return article
