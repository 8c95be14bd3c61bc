"""A screen reader of its own process finds the bars of the running program: a real client of AT-SPI, over D-Bus."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from roadmapper import machine
from roadmapper.storage.roadmap_file import create
from tests.ui.stage import stage_plan

TOOLS = ("Xvfb", "dbus-daemon", "dbus-send")
LAUNCHERS = tuple(
    Path(folder) / "at-spi-bus-launcher"
    for folder in ("/usr/libexec", "/usr/lib/at-spi2-core", "/usr/lib/at-spi2", "/usr/libexec/at-spi2-core")
)
PATIENCE = 240.0
PROGRAM = "import sys; from roadmapper.app import command; sys.exit(command())"
ROOT = "/org/a11y/atspi/accessible/root"
PANEL, LIST, ITEM = 39, 31, 32
FOCUSABLE, FOCUSED, SELECTABLE, SELECTED, SHOWING = 11, 12, 22, 23, 25
"""Roles and states by their numbers in the protocol (atspi-constants.h)."""
Found = TypeVar("Found")


def soon(what: str, look: Callable[[], Found | None]) -> Found:
    """Return what *look* finds as soon as it finds anything."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{what}: not within {PATIENCE:.0f} s")


class Reader:
    """A screen reader: asks over the bus of the accessibility services, call by call."""

    def __init__(self, address: str) -> None:
        self.address = address

    def ask(self, place: tuple[str, str], method: str, *words: str) -> str:
        """Return the answer in the words of dbus-send; nothing if there was none."""
        bus, path = place
        command = ["dbus-send", f"--bus={self.address}", f"--dest={bus}", "--print-reply", "--reply-timeout=60000"]
        done = subprocess.run(
            [*command, path, f"org.a11y.atspi.{method}", *words], capture_output=True, text=True, timeout=PATIENCE
        )
        return done.stdout.partition("\n")[2]

    def property(self, place: tuple[str, str], name: str) -> str:
        """Return a property in the words of dbus-send."""
        bus, path = place
        command = ["dbus-send", f"--bus={self.address}", f"--dest={bus}", "--print-reply", "--reply-timeout=60000"]
        wanted = [path, "org.freedesktop.DBus.Properties.Get", "string:org.a11y.atspi.Accessible", f"string:{name}"]
        return subprocess.run([*command, *wanted], capture_output=True, text=True, timeout=PATIENCE).stdout

    def get(self, place: tuple[str, str], name: str) -> str:
        """Return a property that is text."""
        found = re.search(r'string "(.*)"', self.property(place, name), re.DOTALL)
        return found[1].replace("\u00a0", " ") if found else ""

    def parent(self, place: tuple[str, str]) -> tuple[str, str]:
        """Return where the parent of something is."""
        found = re.search(r'string "(:[\d.]+)"\s+object path "([^"]+)"', self.property(place, "Parent"))
        assert found is not None
        return found[1], found[2]

    def children(self, place: tuple[str, str]) -> list[tuple[str, str]]:
        """Return where the children of something are."""
        answer = self.ask(place, "Accessible.GetChildren")
        return re.findall(r'string "(:[\d.]+)"\s+object path "([^"]+)"', answer)

    def role(self, place: tuple[str, str]) -> int:
        """Return the number of a role."""
        return int((self.ask(place, "Accessible.GetRole").split() or ["uint32", "-1"])[1])

    def states(self, place: tuple[str, str]) -> set[int]:
        """Return the numbers of the states that something is in."""
        low, high = ([int(n) for n in re.findall(r"uint32 (\d+)", self.ask(place, "Accessible.GetState"))] + [0, 0])[:2]
        return {bit for bit in range(64) if (low | high << 32) >> bit & 1}

    def extents(self, place: tuple[str, str]) -> tuple[int, ...]:
        """Return left, top, width and height on the screen."""
        return tuple(map(int, re.findall(r"int32 (-?\d+)", self.ask(place, "Component.GetExtents", "uint32:0"))))

    def within(self, place: tuple[str, str], name: str, role: int, depth: int = 9) -> tuple[str, str] | None:
        """Return what bears a name and a role, looked for in depth."""
        if self.role(place) == role and self.get(place, "Name") == name:
            return place
        for child in self.children(place) if depth else ():
            found = self.within(child, name, role, depth - 1)
            if found is not None:
                return found
        return None


@contextmanager
def running(command: list[str], surroundings: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program until the test is over."""
    process = subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


def first_line(process: subprocess.Popen[bytes]) -> str:
    """Return the first line that a program writes."""
    assert process.stdout is not None
    return process.stdout.readline().decode().strip()


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """A screen reader beside the running program, on a screen and on buses of their own."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    missing += [] if any(path.exists() for path in LAUNCHERS) else ["at-spi2-core"]
    if missing or not sys.platform.startswith("linux"):
        pytest.skip(f"a screen reader needs what is not here: {', '.join(missing)}")
    file = tmp_path / "plan.roadmap"
    create(file, stage_plan(), "New roadmap", "planner")
    data = tmp_path / "data" / "roadmapper"
    data.mkdir(parents=True)
    (data / "identity.json").write_text(json.dumps({"name": "Ada", "role": "planner"}))
    with ExitStack() as stack:
        runtime = stack.enter_context(tempfile.TemporaryDirectory())  # not tmp_path: a socket's address must be short
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS", "AT_SPI", "QT_"))}
        env = {**kept, "XDG_RUNTIME_DIR": runtime, "XDG_DATA_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}
        env.pop("WAYLAND_DISPLAY", None)
        env["PYTHONPATH"] = str(Path(__file__).parents[2])
        screen = stack.enter_context(
            running(["Xvfb", "-displayfd", "1", "-screen", "0", "1440x900x24", "-noreset"], env)
        )
        env["DISPLAY"] = f":{first_line(screen)}"
        bus = stack.enter_context(running(["dbus-daemon", "--session", "--nofork", "--print-address=1"], env))
        env["DBUS_SESSION_BUS_ADDRESS"] = first_line(bus)
        address = soon("the bus of the accessibility services", lambda: _services(env))
        env |= {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        if _libraries_missing(env):
            pytest.skip("a window on X11 needs libraries that are not here")
        stack.enter_context(running([sys.executable, "-c", PROGRAM, str(file)], env))
        yield Reader(address)


def _libraries_missing(env: dict[str, str]) -> bool:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DISPLAY", "QT_QPA_PLATFORM"):
            patch.setenv(name, env[name])
        return bool(machine.blocking_libraries())


def _services(env: dict[str, str]) -> str:
    """Return the address at which the accessibility services are, which this call starts."""
    command = ["dbus-send", "--session", "--dest=org.a11y.Bus", "--print-reply", "--reply-timeout=60000"]
    command += ["/org/a11y/bus", "org.a11y.Bus.GetAddress"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE)
    found = re.search(r'string "(.+)"', done.stdout)
    return found[1] if found else ""


def _lanes(reader: Reader) -> dict[str, tuple[str, str]] | None:
    """Return where the lanes are by their names, once the roadmap is shown."""
    for program in reader.children(("org.a11y.atspi.Registry", ROOT)):
        timeline = reader.within(program, "Timeline", PANEL)
        lanes = {reader.get(lane, "Name"): lane for lane in reader.children(timeline)} if timeline else {}
        if any(name.startswith("Shop") for name in lanes):
            return lanes
    return None


def _at_rest(reader: Reader, *bars: tuple[str, str]) -> list[tuple[int, ...]] | None:
    """Return where bars are on the screen, once they are there and no longer move."""
    before = [reader.extents(bar) for bar in bars]
    time.sleep(0.5)
    after = [reader.extents(bar) for bar in bars]
    return after if before == after and all(len(place) == 4 and place[2] > 0 for place in after) else None


def test_a_screen_reader_finds_the_bars_and_can_act_on_them(reader: Reader) -> None:
    lanes = soon("the lanes of the timeline", lambda: _lanes(reader))
    assert list(lanes) == [
        "Shop, 1 silence over the limit",
        "Customer data, 1 silence over the limit",
        "Something later",
    ]
    shop = lanes["Shop, 1 silence over the limit"]
    assert reader.role(shop) == LIST
    items = {reader.get(item, "Name"): item for item in reader.children(shop)}
    names = list(items)
    assert names[:2] == ["Title a, 4 Jan – 14 Feb 2027, Shop, running", "Title b, 15 Feb – 28 Mar 2027, Shop"]
    assert "Title pin, 7 Jun – 18 Jul 2027, Shop, pinned" in names
    assert "Go-live decision, Fri 12 Feb 2027, Shop, approved with changes" in names
    assert any(name.startswith("No consult for ") for name in names)
    first, second = items[names[0]], items[names[1]]
    assert reader.role(first) == ITEM
    assert reader.get(second, "Description") == "Marketing can use b. Waits for “Title a”."
    soon("the bar on the screen", lambda: {FOCUSABLE, SELECTABLE, SHOWING} <= reader.states(second))
    assert not {FOCUSED, SELECTED} & reader.states(second)
    ahead, (left, top, width, height) = soon("the bars in their places", lambda: _at_rest(reader, first, second))
    assert 0 < left < left + width < 1440 and 0 < top < top + height < 900
    assert ahead[0] < left and ahead[1] == top
    middle = (f"int32:{left + width // 2}", f"int32:{top + height // 2}", "uint32:0")
    assert f'"{second[1]}"' in reader.ask(reader.parent(shop), "Component.GetAccessibleAtPoint", *middle)
    reader.ask(second, "Action.DoAction", "int32:0")
    soon("the selection of the bar", lambda: SELECTED in reader.states(second))
