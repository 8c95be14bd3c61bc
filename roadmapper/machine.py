"""What this machine has: the system libraries Qt loads and a screen that answers (no Qt, standard library only)."""

# main.py imports this before anything is installed, so it keeps to the syntax of Python 3.7 as main.py does.

from __future__ import annotations

import ctypes
import os
import socket
import sys
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

QT = "qt"
X11 = "x11"
WAYLAND = "wayland"
PRINTING = "printing"
EVERYTHING = (QT, X11, WAYLAND, PRINTING)

SCREENLESS = ("offscreen", "minimal", "minimalegl", "vnc")
LINKER_CACHE = Path("/etc/ld.so.cache")
PATIENCE = 2.0


class Library(NamedTuple):
    """A system library, what it is for, and the names Debian's releases have given to its package."""

    soname: str
    use: str
    packages: tuple[str, ...]


# The NEEDED entries of PySide6-Essentials 6.11 outside itself: Core, Gui, Widgets, Svg, Network, DBus and the
# platform plugins offscreen, xcb and wayland; of the print plugin, CUPS. libc and its kin are always there.
LIBRARIES = (
    Library("libGL.so.1", QT, ("libgl1",)),
    Library("libEGL.so.1", QT, ("libegl1",)),
    Library("libglib-2.0.so.0", QT, ("libglib2.0-0t64", "libglib2.0-0")),
    Library("libgthread-2.0.so.0", QT, ("libglib2.0-0t64", "libglib2.0-0")),
    Library("libdbus-1.so.3", QT, ("libdbus-1-3",)),
    Library("libfontconfig.so.1", QT, ("libfontconfig1",)),
    Library("libfreetype.so.6", QT, ("libfreetype6",)),
    Library("libX11.so.6", QT, ("libx11-6",)),
    Library("libxkbcommon.so.0", QT, ("libxkbcommon0",)),
    Library("libbrotlidec.so.1", QT, ("libbrotli1",)),
    Library("libgssapi_krb5.so.2", QT, ("libgssapi-krb5-2",)),
    Library("libstdc++.so.6", QT, ("libstdc++6",)),
    Library("libz.so.1", QT, ("zlib1g",)),
    Library("libzstd.so.1", QT, ("libzstd1",)),
    Library("libX11-xcb.so.1", X11, ("libx11-xcb1",)),
    Library("libxkbcommon-x11.so.0", X11, ("libxkbcommon-x11-0",)),
    Library("libxcb.so.1", X11, ("libxcb1",)),
    Library("libxcb-cursor.so.0", X11, ("libxcb-cursor0",)),
    Library("libxcb-glx.so.0", X11, ("libxcb-glx0",)),
    Library("libxcb-icccm.so.4", X11, ("libxcb-icccm4",)),
    Library("libxcb-image.so.0", X11, ("libxcb-image0",)),
    Library("libxcb-keysyms.so.1", X11, ("libxcb-keysyms1",)),
    Library("libxcb-randr.so.0", X11, ("libxcb-randr0",)),
    Library("libxcb-render.so.0", X11, ("libxcb-render0",)),
    Library("libxcb-render-util.so.0", X11, ("libxcb-render-util0",)),
    Library("libxcb-shape.so.0", X11, ("libxcb-shape0",)),
    Library("libxcb-shm.so.0", X11, ("libxcb-shm0",)),
    Library("libxcb-sync.so.1", X11, ("libxcb-sync1",)),
    Library("libxcb-util.so.1", X11, ("libxcb-util1",)),
    Library("libxcb-xfixes.so.0", X11, ("libxcb-xfixes0",)),
    Library("libxcb-xkb.so.1", X11, ("libxcb-xkb1",)),
    Library("libwayland-client.so.0", WAYLAND, ("libwayland-client0",)),
    Library("libwayland-cursor.so.0", WAYLAND, ("libwayland-cursor0",)),
    Library("libwayland-egl.so.1", WAYLAND, ("libwayland-egl1",)),
    Library("libcups.so.2", PRINTING, ("libcups2t64", "libcups2")),
)


def missing_libraries(uses: Collection[str] = EVERYTHING) -> list[Library]:
    """Return the libraries for *uses* that cannot be loaded here; elsewhere than on Linux Qt brings its own."""
    if not sys.platform.startswith("linux"):
        return []
    listed = _linker_cache()
    wanted = (library for library in LIBRARIES if library.use in uses)
    return [library for library in wanted if not _is_there(library.soname, listed)]


def blocking_libraries() -> list[Library]:
    """Return the missing libraries without which Qt would end the program here before Python can answer."""
    without_screen = missing_libraries((QT,))
    lacking = [missing_libraries((QT, screen)) for screen in _screens()]
    # Qt takes the next screen when the libraries of the first are missing, so one that is whole is enough.
    return min(lacking, key=len, default=without_screen)


def has_display() -> bool:
    """Return whether a window would be seen: False without a screen, or when QT_QPA_PLATFORM asks for none."""
    asked = _asked_platforms()
    if asked and all(name in SCREENLESS for name in asked):
        return False
    return sys.platform in ("win32", "darwin") or bool(_screens()) or _asks_for_another_screen(asked)


def qt_can_start() -> bool:
    """Return whether Qt finds a platform here: a display that answers, or one asked for that needs none."""
    return has_display() or any(name in SCREENLESS for name in _asked_platforms())


def _linker_cache() -> bytes:
    try:
        return LINKER_CACHE.read_bytes()
    except OSError:
        return b""


def _is_there(soname: str, listed: bytes) -> bool:
    # Reading the linker's list takes a millisecond, loading everything twenty. Only Debian's own folder of this
    # very architecture counts in the list; whatever lies elsewhere is tried out.
    folder = str(getattr(sys.implementation, "_multiarch", ""))
    if folder and ("/" + folder + "/" + soname + "\0").encode() in listed:
        return True
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _asked_platforms() -> list[str]:
    parts = os.environ.get("QT_QPA_PLATFORM", "").split(";")
    return [part.split(":")[0].strip().lower() for part in parts if part.strip()]


def _asks_for_another_screen(asked: Collection[str]) -> bool:
    # Someone who names the frame buffer or another exotic screen knows that it is there.
    return any(name not in SCREENLESS and name != "xcb" and not name.startswith("wayland") for name in asked)


def _screens() -> list[str]:
    """Return which of X11 and WAYLAND are asked for (or not ruled out) and answer."""
    if sys.platform in ("win32", "darwin"):
        return []  # a DISPLAY left over from another program means nothing there
    asked = _asked_platforms()
    answering: dict[str, bool] = {}
    if not asked or "xcb" in asked:
        answering[X11] = _x_answers(os.environ.get("DISPLAY", ""))
    if not asked or any(name.startswith("wayland") for name in asked):
        answering[WAYLAND] = _wayland_answers(os.environ.get("WAYLAND_DISPLAY", ""))
    return [screen for screen, answers in answering.items() if answers]


def _x_answers(display: str) -> bool:
    host, _, rest = display.rpartition(":")
    number = rest.split(".")[0]
    if not number.isdigit():
        return False
    # A display on this computer answers or refuses at once; only a distant one might let us wait.
    near = host in ("", "unix") or _tcp_answers(host.rpartition("/")[2].strip("[]"), 6000 + int(number))
    return near and _x_lets_us_in(display)


def _x_lets_us_in(display: str) -> bool:
    """Ask the way Qt asks: a server that runs but refuses us would end the program just as a dead one.

    The connection stays open for the life of the process: a server without clients starts over when its last one
    leaves, and refuses whoever comes just then - which would be Qt.
    """
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # nothing to ask with; blocking_libraries names it
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(display.encode(), None)
    if xcb.xcb_connection_has_error(connection):
        xcb.xcb_disconnect(connection)
        return False
    return True


def _wayland_answers(display: str) -> bool:
    if not display:
        return False
    return _unix_socket_answers(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent")) / display))


def _unix_socket_answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(PATIENCE)
        try:
            probe.connect(path)
        except OSError:
            return False
    return True


def _tcp_answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), PATIENCE).close()
    except (OSError, UnicodeError):
        return False
    return True
