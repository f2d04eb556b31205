"""Run by a test on a screen and a bus of its own: reads the window as a screen reader does, over AT-SPI."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.app.window import make_application
from tests.support import gesture_script
from tests.support.hands import Hands

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
ROOT = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
PATIENCE = 20.0
DEEP = 7

Place = tuple[str, str]


class Reader:
    """Asks over the bus while the window goes on answering."""

    def __init__(self) -> None:
        answer = self._ask("--session", "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress")
        self._bus = "--bus=" + re.findall(r'"(unix:[^"]*)"', answer)[0]

    def call(self, place: Place, method: str, *values: str) -> str:
        """Return what a method of ``org.a11y.atspi`` answers, as printed."""
        return self._ask(self._bus, *place, f"org.a11y.atspi.{method}", *values)

    def value(self, place: Place, interface: str, name: str) -> str:
        """Return a property, as printed."""
        words = (f"string:org.a11y.atspi.{interface}", f"string:{name}")
        return self._ask(self._bus, *place, "org.freedesktop.DBus.Properties.Get", *words)

    def walk(self, place: Place, depth: int = 0) -> Iterator[Place]:
        """Yield everything below a place."""
        yield place
        if depth < DEEP:
            found = self.call(place, "Accessible.GetChildren")
            for child in re.findall(r'string "([^"]*)"\s+object path "([^"]*)"', found):
                yield from self.walk(child, depth + 1)

    def _ask(self, bus: str, service: str, path: str, method: str, *values: str) -> str:
        command = ["dbus-send", bus, "--print-reply", f"--dest={service}", path, method, *values]
        asked = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        end = time.monotonic() + PATIENCE
        while asked.poll() is None and time.monotonic() < end:
            QApplication.processEvents()
        return asked.communicate()[0]


def main() -> int:
    """Print what went wrong, a line each."""
    launcher = subprocess.Popen(
        [next(path for path in LAUNCHERS if Path(path).exists()), "--launch-immediately"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    make_application()
    with tempfile.TemporaryDirectory() as folder:
        window = gesture_script.open_window(Path(folder))
        hands = Hands(window)
        hands.settle()
        hands.drag("Harbour Workers' Union")
        hands.press("A")
        wrong = list(_wrong(hands, Reader()))
        window.close()
    launcher.terminate()
    launcher.wait()
    print("\n".join(wrong))
    return len(wrong)


def _wrong(hands: Hands, reader: Reader) -> Iterator[str]:
    page = next(
        (
            place
            for place in reader.walk(ROOT)
            if 'string "Article"' in reader.value(place, "Accessible", "Name")
            and 'string "menu' not in reader.call(place, "Accessible.GetRoleName")
        ),
        None,
    )
    if page is None:
        yield "there is no article"
        return
    text = hands.page.text
    start = text.index("Harbour Workers' Union")
    for what, wanted, found in (
        ("role", 'string "document', reader.call(page, "Accessible.GetRoleName")),
        ("length", f"int32 {len(text)}", reader.value(page, "Text", "CharacterCount")),
        ("caret", f"int32 {hands.page.caret}", reader.value(page, "Text", "CaretOffset")),
        (
            "text",
            f'string "{text[start : start + 7]}"',
            reader.call(page, "Text.GetText", f"int32:{start}", f"int32:{start + 7}"),
        ),
        ("mark", "Harbour Workers' Union. Actor", reader.value(page, "Accessible", "Description")),
    ):
        if wanted not in found:
            yield f"{what}: {wanted} is not in {found}"
    hands.page.select(start, start + 7)
    if '"Selected: Harbour"' not in reader.value(page, "Accessible", "Description"):
        yield "what is selected is not said"
    reader.call(page, "Text.SetCaretOffset", "int32:3")
    if hands.page.caret != 3:
        yield f"the caret was put to 3 and is at {hands.page.caret}"


if __name__ == "__main__":
    sys.exit(main())
