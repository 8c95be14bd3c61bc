"""What the program believes about the machine is true of the machine."""

import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapper import machine

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 and sonames are Linux's")

ABSENT = machine.Library("libroadmapper-absent.so.9", machine.QT, ("libroadmapper-absent9",))
NO_X_LIBRARY = machine.Library("libroadmapper-x.so.9", machine.X11, ("libroadmapper-x9",))


@pytest.fixture(autouse=True)
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR", "XAUTHORITY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def x_server() -> Iterator[str]:
    """A running X server; its display."""
    program = shutil.which("Xvfb")
    if program is None:
        pytest.skip("Xvfb is not installed")
    with subprocess.Popen(
        [program, "-displayfd", "1", "-noreset"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        assert server.stdout is not None
        yield ":" + server.stdout.readline().decode().strip()
        server.terminate()


@pytest.fixture
def refusing_x_server() -> Iterator[str]:
    """Something at an X display's address that answers every client with a refusal."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        number = listener.getsockname()[1] - 6000
        listener.listen()

        def refuse() -> None:
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                with client:
                    if client.recv(64):
                        client.sendall(b"\0\4\13\0\0\0\1\0" + b"no!!")

        threading.Thread(target=refuse, daemon=True).start()
        yield f"127.0.0.1:{number}"
        listener.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def runtime_folder() -> Iterator[Path]:
    # Not tmp_path: the address of a socket must be short.
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@linux_only
def test_every_library_that_is_not_missing_can_be_loaded() -> None:
    missing = {library.soname for library in machine.missing_libraries()}
    program = "import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]"
    present = [library.soname for library in machine.LIBRARIES if library.soname not in missing]
    assert present
    subprocess.run([sys.executable, "-c", program, *present], check=True)


@linux_only
def test_a_library_that_is_not_there_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "LIBRARIES", (*machine.LIBRARIES, ABSENT))
    assert ABSENT in machine.missing_libraries()
    assert ABSENT in machine.blocking_libraries()


@linux_only
def test_a_library_is_found_where_the_linker_has_no_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = machine.missing_libraries()
    monkeypatch.setattr(machine, "LINKER_CACHE", tmp_path / "none")
    assert machine.missing_libraries() == before


@linux_only
def test_a_library_of_another_architecture_does_not_count(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    cache = tmp_path / "ld.so.cache"
    cache.write_bytes(b"\0" + ABSENT.soname.encode() + b"\0/lib/strange-linux-gnu/" + ABSENT.soname.encode() + b"\0")
    monkeypatch.setattr(machine, "LINKER_CACHE", cache)
    monkeypatch.setattr(machine, "LIBRARIES", (ABSENT,))
    assert machine.missing_libraries() == [ABSENT]


@linux_only
def test_only_the_asked_for_uses_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "LIBRARIES", (ABSENT, NO_X_LIBRARY))
    assert machine.missing_libraries((machine.X11,)) == [NO_X_LIBRARY]


@linux_only
def test_the_libraries_of_a_screen_block_only_where_that_screen_is(
    monkeypatch: pytest.MonkeyPatch, x_server: str
) -> None:
    monkeypatch.setattr(machine, "LIBRARIES", (NO_X_LIBRARY,))
    assert machine.blocking_libraries() == []
    monkeypatch.setenv("DISPLAY", x_server)
    assert machine.blocking_libraries() == [NO_X_LIBRARY]


@linux_only
def test_the_libraries_of_x_do_not_block_where_wayland_is_whole(
    monkeypatch: pytest.MonkeyPatch, x_server: str, runtime_folder: Path
) -> None:
    monkeypatch.setattr(machine, "LIBRARIES", (NO_X_LIBRARY,))
    monkeypatch.setenv("DISPLAY", x_server)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime_folder))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(runtime_folder / "wayland-7"))
        compositor.listen()
        assert machine.blocking_libraries() == []


@linux_only
def test_without_any_setting_there_is_no_display() -> None:
    assert not machine.has_display()
    assert not machine.qt_can_start()


@linux_only
@pytest.mark.parametrize(
    "display",
    [
        ":4077",
        "localhost:4077",
        "nonsense",
        ":",
        "no.such.host.invalid:0",
        ":0x",
        "localhost:0x",
        "127.0.0.1:9999999",
        "not..a.name:0",
    ],
)
def test_a_display_with_nobody_behind_it_is_no_display(monkeypatch: pytest.MonkeyPatch, display: str) -> None:
    monkeypatch.setenv("DISPLAY", display)
    assert not machine.has_display()


@linux_only
def test_a_display_that_answers_is_a_display(monkeypatch: pytest.MonkeyPatch, x_server: str) -> None:
    monkeypatch.setenv("DISPLAY", x_server)
    assert machine.has_display()
    assert machine.qt_can_start()


@linux_only
def test_a_display_that_refuses_us_is_no_display(monkeypatch: pytest.MonkeyPatch, refusing_x_server: str) -> None:
    monkeypatch.setenv("DISPLAY", refusing_x_server)
    assert not machine.has_display()


@linux_only
def test_a_wayland_socket_counts_only_while_someone_listens(
    monkeypatch: pytest.MonkeyPatch, runtime_folder: Path
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime_folder))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert not machine.has_display()
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(runtime_folder / "wayland-7"))
        compositor.listen()
        assert machine.has_display()
    assert not machine.has_display()  # the file is still there


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=800x600", "offscreen;minimal"])
def test_a_platform_without_a_screen_is_no_display_but_lets_qt_start(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert not machine.has_display()
    assert machine.qt_can_start()


@linux_only
def test_an_x_server_does_not_help_who_asks_for_wayland(monkeypatch: pytest.MonkeyPatch, x_server: str) -> None:
    monkeypatch.setenv("DISPLAY", x_server)
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland")
    assert not machine.has_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland;xcb")
    assert machine.has_display()


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_windows_and_macos_always_have_a_display(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.delattr(socket, "AF_UNIX")  # as on Windows
    monkeypatch.setenv("DISPLAY", ":4077")
    assert machine.has_display()
    assert machine.missing_libraries() == []
    assert machine.blocking_libraries() == []
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert not machine.has_display()
