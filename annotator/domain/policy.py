"""When suggestions are shown, and which articles come next: decided by the lead, kept in the codebook."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.errors import Refused


@dataclass(frozen=True, slots=True)
class Policy:
    """How suggestions are used in a study.

    Attributes:
        first: layers whose suggestions are shown at once; those of others come as a second
            look, when the annotator has called the layer done.
        kept_back: articles of a hundred that never show any, so that they can tell how good
            people and suggesters are.
        by_chance: articles of a hundred that come by chance where the others are queued by
            what can be learned from them.
    """

    first: tuple[str, ...] = ("actor",)
    kept_back: int = 10
    by_chance: int = 25

    def __post_init__(self) -> None:
        for name, value in (("never shown", self.kept_back), ("by chance", self.by_chance)):
            if not 0 <= value <= 100:
                raise Refused(f"{value} is no share of a hundred ({name}): choose 0 to 100.")
