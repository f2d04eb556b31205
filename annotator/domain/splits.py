"""How a dataset is to be divided into train, dev and test."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.errors import Refused

SPLITS = ("train", "dev", "test")


class Method(StrEnum):
    """How articles are divided."""

    RANDOM = "random"
    TIME = "time"
    PUBLISHER = "publisher"


@dataclass(frozen=True, slots=True)
class Wish:
    """How articles are to be divided.

    Attributes:
        shares: of train, dev and test; they add up to 1.
        seed: what chance starts from.
        strata: ``publisher`` or ``month``, dealt evenly by the random method; empty for neither.
    """

    method: Method = Method.RANDOM
    shares: tuple[float, float, float] = (0.8, 0.1, 0.1)
    seed: int = 20260101
    strata: str = "publisher"

    def __post_init__(self) -> None:
        if any(share < 0 for share in self.shares) or abs(sum(self.shares) - 1) > 1e-6:
            raise Refused(
                "The shares of train, dev and test must be 0 or more and add up to 1, such as 0.8,0.1,0.1."
            )
        if self.strata not in ("", "publisher", "month"):
            raise Refused(f"“{self.strata}” is no stratum: choose publisher or month.")
