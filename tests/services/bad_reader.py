"""The reading process with readers that hang, eat memory, crash and chatter; for ``test_worker``."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator

from annotator.domain.coded import Read, Remark
from annotator.formats import registry
from annotator.formats.base import ReadContext, Source
from annotator.services import worker


class BadReader:
    """Does what the file says."""

    name = "bad"
    suffixes = (".bad",)
    about = "does harm"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take every file of the name."""
        return source.path.suffix == ".bad"

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield one remark and then do it."""
        yield Read(remarks=(Remark(source.name, "one thing was found"),))
        match source.path.read_text():
            case "hang":
                time.sleep(60)
            case "eat":
                yield Read(remarks=(Remark("", "x" * (1 << 40)),))
            case "crash":
                os.kill(os.getpid(), 11)
            case "chatter":
                sys.stdout.write("between the messages")
                os.write(1, b"and here")
            case "recurse":
                self._recurse()
            case "many":
                for number in range(300):
                    yield Read(remarks=(Remark(source.name, f"{number}"),))
            case "ask":
                context.annotator_id("Noor")
                yield Read(remarks=(Remark(source.name, str(context.text_of("0" * 64))),))

    def _recurse(self) -> None:
        self._recurse()


if __name__ == "__main__":
    registry.READERS = (*registry.READERS, BadReader())
    worker.main()
