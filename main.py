"""Starts Roadmapper; --install first sets up what it needs, --test runs its tests, --lint its checks."""

# Standard library only, and no syntax younger than Python 3.7: on an old Python this file must get as far as
# the sentence that says so. What a younger Python brings (tomllib) or an environment holds is imported by name.

from __future__ import annotations

import errno
import hashlib
import importlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from roadmapper import machine

HERE = Path(__file__).resolve().parent
OLDEST_PYTHON = (3, 11)
THIS_PYTHON = ".".join(map(str, sys.version_info[:2]))
WINDOWS = sys.platform == "win32"
START = ("py" if WINDOWS else "python3") + " main.py"
EXTRAS_OF = {"": (), "test": ("test",), "lint": ("lint", "test")}
# Extras that the program does without, and how it is then.
SPARE = {"optimise": "the best plan cannot be proven", "pdf": "PDFs have no bookmarks, page names and links"}
CHECKS = (
    ("-m", "ruff", "check", "."),
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "mypy"),
    ("-c", "from importlinter.cli import lint_imports_command as check; check()"),
)
# One module of each dependency: who can import them all needs no environment of ours.
MODULES = ("PySide6", "sqlalchemy", "alembic", "dateutil", "holidays", "icalendar", "numpy", "platformdirs")
MODULES_OF = {
    "": (),
    "test": ("pytest", "pytestqt", "xdist", "hypothesis", "pypdf", "pikepdf", "selenium", "vobject"),
    "lint": ("ruff", "mypy", "importlinter"),
}
WORKERS = str(min(8, os.cpu_count() or 1))  # that many tests run side by side


class Trouble(Exception):
    """What went wrong, as a sentence for the person at the keyboard."""


class Wish(NamedTuple):
    """What the command line asks for; *task* is test, lint or nothing, which starts the program."""

    install: bool
    task: str
    rest: list[str]


class State(NamedTuple):
    """What a finished environment holds: its Python, the fingerprint of what was asked for, the extras."""

    python: str
    needs: str
    extras: list[str]


class Environment(NamedTuple):
    """A virtual environment of ours. It is finished when it carries a stamp, which is written last."""

    folder: Path

    @property
    def python(self) -> Path:
        """Return its interpreter."""
        return self.folder / ("Scripts/python.exe" if WINDOWS else "bin/python")

    @property
    def stamp(self) -> Path:
        """Return the file that says the environment is finished, and with what."""
        return self.folder / "roadmapper.json"

    def state(self) -> State | None:
        """Return what it holds; None if it is missing, half-made or lost its Python."""
        try:
            state = State(**json.loads(self.stamp.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return state if self.python.exists() else None

    def is_running(self) -> bool:
        """Return whether this very process runs in it."""
        return Path(sys.prefix).resolve() == self.folder.resolve()


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks for and return the exit code."""
    try:
        check_python(tuple(sys.version_info[:3]))
        wish = wish_of(arguments)
        if wish.install:
            install(EXTRAS_OF[wish.task])
        code = go_to_environment(wish)
    except Trouble as trouble:
        return complain(str(trouble))
    except OSError as error:
        return complain(sentence_of(error))
    except KeyboardInterrupt:
        return complain("Stopped. The same command takes it up again.")
    return start_program(wish.rest) if code is None else code


def complain(sentence: str) -> int:
    """Say what went wrong and return the exit code for it."""
    print(sentence, file=sys.stderr)
    return 1


def check_python(version: tuple[int, ...]) -> None:
    """Refuse a Python that is too old for the program."""
    if version < OLDEST_PYTHON:
        oldest, found = (".".join(map(str, numbers)) for numbers in (OLDEST_PYTHON, version))
        raise Trouble(f"Roadmapper needs Python {oldest} or newer; this is Python {found} at {sys.executable}.")


def wish_of(arguments: Sequence[str]) -> Wish:
    """Read the launcher's own words at the front; all that follows belongs to the program or to pytest."""
    install, task, rest = False, "", list(arguments)
    while rest and rest[0] in ("--install", "--test", "--lint"):
        word = rest.pop(0)[2:]
        install, task = (True, task) if word == "install" else (install, word)
    return Wish(install, task, rest)


def go_to_environment(wish: Wish) -> int | None:
    """Find the environment and do the task there; None says that the program is to be started right here."""
    home = standing_environment()
    if home is None:
        if not can_import(MODULES):
            raise Trouble(f"Roadmapper is not set up here yet: run `{START} --install`.")
        return work(wish)
    state = home.state()
    if state is None or state.needs != fingerprint() or (home.is_running() and state.python != THIS_PYTHON):
        raise Trouble(f"What Roadmapper needs has changed since {home.folder} was made: run `{START} --install`.")
    if home.is_running():
        return work(wish)
    flags = [f"--{wish.task}"] if wish.task else []
    return hand_over([str(home.python), str(HERE / "main.py"), *flags, *wish.rest])


def work(wish: Wish) -> int | None:
    """Do the task with the interpreter that runs now; None says that nothing stands in the program's way."""
    if not can_import(MODULES_OF[wish.task]):
        raise Trouble(f"This needs more than the program does: run `{START} --install --{wish.task}`.")
    if wish.task == "lint":
        return max(abs(subprocess.call([sys.executable, *check], cwd=HERE)) for check in CHECKS)  # noqa: S603
    # Without these libraries Qt ends the process before Python could say why.
    missing = machine.missing_libraries((machine.QT,)) if wish.task else machine.blocking_libraries()
    if missing:
        raise Trouble(f"Qt cannot start without {named(missing)}: run `{START} --install`.")
    if wish.task == "test":
        os.chdir(HERE)
        # A file's tests stay together: some share what is costly to make, and two that time or count share no process.
        return hand_over([sys.executable, "-m", "pytest", "-n", WORKERS, "--dist", "loadfile", *wish.rest])
    return None


def start_program(arguments: Sequence[str]) -> int:
    """Start Roadmapper in this process, with *arguments*."""
    sys.argv[1:] = arguments
    try:
        return int(importlib.import_module("roadmapper.app").command())
    except KeyboardInterrupt:  # while it is still being read in; later on it answers for itself
        print("Stopped.", file=sys.stderr)
        return 130


def hand_over(command: Sequence[str]) -> int:
    """Go on as *command*; where a process cannot be replaced, wait for it and return its exit code."""
    sys.stdout.flush()
    if not WINDOWS:
        os.execv(command[0], list(command))  # noqa: S606
    return subprocess.call(command)  # noqa: S603


def standing_environment() -> Environment | None:
    """Return the finished environment to use: one that is up to date, else one that is not, else None."""
    finished = [(home, home.state()) for home in (in_checkout(), in_data_folder())]
    current = [home for home, state in finished if state and state.needs == fingerprint()]
    return next(iter(current + [home for home, state in finished if state]), None)


def in_checkout() -> Environment:
    """Return the environment beside this file."""
    return Environment(HERE / ".venv")


def in_data_folder() -> Environment:
    """Return the environment in the user's data folder that belongs to this checkout."""
    key = hashlib.sha256(str(HERE).encode()).hexdigest()[:12]
    return Environment(data_folder() / "environments" / key)


def data_folder() -> Path:
    """Return where the system wants a program's own data (platformdirs says the same, once it is installed)."""
    if WINDOWS:
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "roadmapper"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "roadmapper"
    told = os.environ.get("XDG_DATA_HOME", "").strip()
    return (Path(told) if told else Path.home() / ".local" / "share") / "roadmapper"


def fingerprint() -> str:
    """Return a digest of everything that is asked of the package index: an environment of another is stale."""
    project = project_table()
    asked = json.dumps([project["dependencies"], project["optional-dependencies"]])
    return hashlib.sha256(asked.encode() + (HERE / "constraints.txt").read_bytes()).hexdigest()


def project_table() -> dict[str, Any]:
    """Return the [project] table of pyproject.toml."""
    tomllib = importlib.import_module("tomllib")
    table: dict[str, Any] = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


def can_import(modules: Sequence[str]) -> bool:
    """Return whether the interpreter that runs now has all *modules*."""
    return all(importlib.util.find_spec(module) for module in modules)


def install(extras: Sequence[str]) -> None:
    """Set up whatever is missing; with nothing missing this is quick and needs no network."""
    install_system_packages()
    home = in_checkout()
    if not os.access(HERE, os.W_OK) or (home.folder.exists() and not os.access(home.folder, os.W_OK)):
        home = in_data_folder()
    state = home.state()
    if state is None or state.python != THIS_PYTHON or call([str(home.python), "-c", ""]).returncode:
        make(home)
        state = State(THIS_PYTHON, "", [])
    if state.needs != fingerprint() or not {*extras, *SPARE} <= set(state.extras):
        fill(home, sorted({*extras, *SPARE, *state.extras}))


def make(home: Environment) -> None:
    """Make an empty environment in place of whatever is there, which is not a finished one."""
    if home.folder.exists():
        say(f"Removing {home.folder}, which is unfinished or was made by another Python")
        shutil.rmtree(home.folder)
    say(f"Making an environment in {home.folder}")
    home.folder.parent.mkdir(parents=True, exist_ok=True)
    # Never from the interpreter inside the folder that was just removed.
    base = getattr(sys, "_base_executable", None) or sys.executable
    must([base, "-m", "venv", str(home.folder)], "The environment could not be made")


def fill(home: Environment, extras: Sequence[str]) -> None:
    """Install the dependencies and *extras* in the tested versions, then stamp the environment as finished.

    What the program can do without is left out, with a sentence, where it cannot be had.
    """
    say("Installing Python packages (about 150 MB to fetch the first time)")
    if home.stamp.exists():
        home.stamp.unlink()
    pip = [str(home.python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-user"]
    pins = ["--constraint", str(HERE / "constraints.txt")]
    project = project_table()
    lines = project["optional-dependencies"]
    kept = [extra for extra in extras if extra not in SPARE]
    more = [line for extra in kept for line in lines[extra]]
    must([*pip, *pins, *project["dependencies"], *more], "The Python packages could not be installed")
    for extra in sorted({*extras} & {*SPARE}):
        result = call([*pip, *pins, *lines[extra]])
        if result.returncode == 0:
            kept.append(extra)
        else:
            words = f"going on without, {SPARE[extra]}. {last_words(result)}"
            say(f"{' '.join(lines[extra])} could not be installed: {words}")
    state = State(THIS_PYTHON, fingerprint(), sorted(kept))
    unfinished = home.stamp.with_suffix(".new")
    unfinished.write_text(json.dumps(state._asdict()), encoding="utf-8")
    unfinished.replace(home.stamp)


def install_system_packages() -> None:
    """Install the system libraries and the part of Python that are missing, where apt is there to do it."""
    missing, modules = lacking()
    if not missing and not modules:
        return
    failure = apt_install(packages_for(missing, modules)) if shutil.which("apt-get") else ""
    importlib.invalidate_caches()
    missing, modules = lacking()
    if not missing and not modules:
        return
    what = " and ".join(part for part in (named(missing), " and ".join(modules)) if part)
    complaint = f"This machine lacks {what}: " + (failure or "its package manager has what carries them") + "."
    if modules or any(library.use == machine.QT for library in missing):
        raise Trouble(complaint)
    uses = ", ".join(sorted({library.use for library in missing}))
    say(f"{complaint} Going on without, as only this needs it: {uses}.")


def lacking() -> tuple[list[machine.Library], list[str]]:
    """Return the system libraries and the modules of Python itself that are missing."""
    return machine.missing_libraries(), [name for name in ("venv", "ensurepip") if not can_import([name])]


def packages_for(missing: Sequence[machine.Library], modules: Sequence[str]) -> list[tuple[str, ...]]:
    """Return for each thing that is missing the names its Debian package may have."""
    of_python = [(f"python{THIS_PYTHON}-venv", "python3-venv")] if modules else []
    return list(dict.fromkeys([*of_python, *(library.packages for library in missing)]))


def apt_install(wanted: Sequence[tuple[str, ...]]) -> str:
    """Install one package of each group; return what went wrong, as the end of a sentence, or nothing."""
    say(f"Installing {len(wanted)} system packages")
    known = known_to_apt(wanted)
    if rights() is None:
        names = " ".join(chosen(wanted, known))
        return f"ask an administrator to run apt-get update && apt-get install --no-install-recommends {names}"
    if all(known.intersection(names) for names in wanted):
        installed = apt("install", "--no-install-recommends", *chosen(wanted, known))
        if installed.returncode == 0:
            return ""
    # The lists are missing or too old. A source that does not answer is no failure yet: another may have it all.
    updated = apt("update")
    installed = apt("install", "--no-install-recommends", *chosen(wanted, known_to_apt(wanted)))
    if installed.returncode == 0:
        return ""
    unheard = " ".join(line for line in updated.stderr.splitlines() if "Failed to fetch" in line)
    return f"apt-get could not install it ({last_words(installed)} {unheard}".rstrip() + ")"


def apt(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Show and run an apt-get command, by sudo where that is needed."""
    waiting = ["-o", "DPkg::Lock::Timeout=60"]
    command = [*(rights() or []), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", *waiting, *arguments]
    say("$ " + " ".join(command))
    return call(command)


def known_to_apt(wanted: Sequence[tuple[str, ...]]) -> set[str]:
    """Return the names that apt could install: each release of Debian knows only some."""
    known, name = set(), ""
    for line in call(["apt-cache", "policy", *sum(wanted, ())]).stdout.splitlines():
        if not line.startswith(" "):
            name = line.rstrip(":")
        elif line.startswith("  Candidate:") and not line.endswith("(none)"):
            known.add(name)
    return known


def chosen(wanted: Sequence[tuple[str, ...]], known: set[str]) -> list[str]:
    """Return of each group the first name that apt knows, or the last where it knows none."""
    return [next((name for name in names if name in known), names[-1]) for names in wanted]


def rights() -> list[str] | None:
    """Return what to put before a command for it to run as root; None if there is no way."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    return ["sudo"] if shutil.which("sudo") else None


def named(libraries: Sequence[machine.Library]) -> str:
    """Return the libraries, and Debian's packages for them, in words."""
    packages = dict.fromkeys(" or ".join(library.packages) for library in libraries)
    sonames = ", ".join(library.soname for library in libraries)
    return sonames and f"{sonames} (in Debian: {', '.join(packages)})"


def must(command: Sequence[str], complaint: str) -> None:
    """Run *command*; if it fails, say so with its own last words."""
    result = call(command)
    if result.returncode:
        words = result.stdout + result.stderr
        if os.strerror(errno.ENOSPC) in words:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        # When the package index does not answer, pip's last words are about conflicts and mislead.
        retries = [line.strip() for line in words.splitlines() if "connection broken by" in line]
        reason = f"the package index cannot be reached. {retries[-1]}" if retries else last_words(result)
        raise Trouble(f"{complaint}: {reason}")


def call(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run *command* unheard and return how it ended; it speaks English and asks nothing."""
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, errors="replace")  # noqa: S603


def last_words(result: subprocess.CompletedProcess[str]) -> str:
    """Return the lines in which a program says why it failed, or else its last one."""
    lines = [line.strip() for line in (result.stdout + "\n" + result.stderr).splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("E:", "ERROR:", "Error:", "sudo:"))]
    return " ".join((errors or lines or [f"exit code {result.returncode}"])[-2:])


def sentence_of(error: OSError) -> str:
    """Return what the system refused, in words."""
    if error.errno == errno.ENOSPC:
        return "The disk is full: Roadmapper needs about 700 MB for its environment."
    where = f" ({error.filename})" if error.filename else ""
    return f"Roadmapper could not be set up or started: {error.strerror or error}{where}."


def say(line: str) -> None:
    """Tell the person who waits what happens now."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
