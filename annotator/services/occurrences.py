"""Where the same words stand again."""

from __future__ import annotations

import re

from annotator.domain.fragment import Extent


def occurrences(text: str, words: str) -> list[Extent]:
    """Return every place where these words stand as whole words, in any spacing, in code points."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return []
    edge_before = r"(?<!\w)" if words.strip()[0].isalnum() else ""
    edge_after = r"(?!\w)" if words.strip()[-1].isalnum() else ""
    return [
        match.span() for match in re.finditer(edge_before + r"\s+".join(parts) + edge_after, text)
    ]
