"""One command sets Roadmapper up and starts it; what goes wrong on the way is said in a sentence."""

import ast
import errno
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import platformdirs
import pytest

import main
from main import HERE, Environment, State, Trouble, Wish
from roadmapper import machine

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="uses POSIX tools and layouts")

STAND_IN = """
import sys
def command():
    print("started with", sys.argv[1:], "in", sys.prefix)
    return 7
"""
ABSENT = machine.Library("libroadmapper-absent.so.9", machine.QT, ("libnew9t64", "libold9"))
SPARE = machine.Library("libroadmapper-spare.so.9", machine.PRINTING, ("libspare9",))
BARE = ["-S"]  # without its site-packages this interpreter is as bare as a fresh machine's
RUNNING_PACKAGES = [path for path in sys.path if "site-packages" in path]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the launcher reads, with a stand-in for the program."""
    copy = tmp_path / "checkout"
    (copy / "roadmapper").mkdir(parents=True)
    for name in ("main.py", "pyproject.toml", "constraints.txt", "roadmapper/__init__.py", "roadmapper/machine.py"):
        shutil.copy(HERE / name, copy / name)
    (copy / "roadmapper" / "app.py").write_text(STAND_IN)
    return copy


def launch(
    checkout: Path, *words: str, python: list[str] | None = None, **surroundings: str
) -> subprocess.CompletedProcess[str]:
    """Run main.py as a user would, in a home of its own, with no system tools in reach."""
    home = checkout.parent / "home"
    home.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    env = {**kept, "HOME": str(home), "LOCALAPPDATA": str(home), "PATH": str(home), "PIP_NO_INDEX": "1", **surroundings}
    command = [sys.executable, *(python or []), str(checkout / "main.py"), *words]
    done = subprocess.run(command, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
    assert "Traceback" not in done.stderr
    return done


def make_environment(folder: Path, **wrong: str) -> Environment:
    """Make a finished environment that borrows the running one's packages; *wrong* spoils its stamp."""
    venv.create(folder, symlinks=True)
    home = Environment(folder)
    packages = next(folder.glob("lib/python*/site-packages"), folder / "Lib" / "site-packages")
    (packages / "borrowed.pth").write_text("\n".join(RUNNING_PACKAGES))
    stamp = State(main.THIS_PYTHON, main.fingerprint(), ["lint", "test"])._asdict()
    home.stamp.write_text(json.dumps({**stamp, **wrong}))
    return home


def in_data_folder(checkout: Path) -> Path:
    """Return where the launcher in *checkout* looks for an environment outside it."""
    program = "import main; print(main.in_data_folder().folder)"
    home = str(checkout.parent / "home")
    env = {**os.environ, "HOME": home, "LOCALAPPDATA": home}
    env.pop("XDG_DATA_HOME", None)
    return Path(subprocess.check_output([sys.executable, "-c", program], cwd=checkout, env=env, text=True).strip())


@pytest.mark.parametrize("name", ["main.py", "roadmapper/__init__.py", "roadmapper/machine.py"])
def test_the_launcher_can_be_read_by_an_old_python(name: str) -> None:
    ast.parse((HERE / name).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_is_told_what_is_needed() -> None:
    program = "import sys, runpy; sys.version_info = (3, 9, 2); runpy.run_path('main.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", program], cwd=HERE, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Roadmapper needs Python 3.11 or newer; this is Python 3.9.2")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ([], Wish(False, "", [])),
        (["plan.roadmap"], Wish(False, "", ["plan.roadmap"])),
        (["--install"], Wish(True, "", [])),
        (["--install", "--test", "-k", "split"], Wish(True, "test", ["-k", "split"])),
        (["--test", "--install"], Wish(True, "test", [])),
        (["--lint"], Wish(False, "lint", [])),
        (["plan.roadmap", "--test"], Wish(False, "", ["plan.roadmap", "--test"])),
    ],
)
def test_the_launcher_takes_its_own_words_and_leaves_the_rest(words: list[str], wish: Wish) -> None:
    assert main.wish_of(words) == wish


def test_where_nothing_is_set_up_one_sentence_says_how(checkout: Path) -> None:
    done = launch(checkout, python=BARE)
    assert done.returncode == 1
    assert re.fullmatch(r"Roadmapper is not set up here yet: run `\w+ main.py --install`.\n", done.stderr)


def test_an_interpreter_that_has_everything_needs_no_environment(checkout: Path) -> None:
    done = launch(checkout, "plan.roadmap")
    assert done.stdout == f"started with ['plan.roadmap'] in {sys.prefix}\n"
    assert done.returncode == 7


def test_a_display_with_nobody_behind_it_does_not_keep_the_program_from_starting(checkout: Path) -> None:
    assert launch(checkout, DISPLAY=":4077").returncode == 7


@posix_only
def test_the_environment_in_the_checkout_is_entered(checkout: Path) -> None:
    home = make_environment(checkout / ".venv")
    done = launch(checkout, "--flag", "a b", python=BARE)
    assert done.stdout == f"started with ['--flag', 'a b'] in {home.folder}\n"
    assert done.returncode == 7


@posix_only
def test_the_environment_in_the_data_folder_is_entered_when_the_checkout_has_none(checkout: Path) -> None:
    home = make_environment(in_data_folder(checkout))
    assert str(home.folder) in launch(checkout, python=BARE).stdout
    nearer = make_environment(checkout / ".venv")
    assert str(nearer.folder) in launch(checkout, python=BARE).stdout


@posix_only
def test_an_environment_that_is_up_to_date_goes_before_a_nearer_one_that_is_not(checkout: Path) -> None:
    make_environment(checkout / ".venv", needs="of last year")
    home = make_environment(in_data_folder(checkout))
    assert str(home.folder) in launch(checkout, python=BARE).stdout


@posix_only
def test_a_half_made_environment_is_not_used(checkout: Path) -> None:
    home = make_environment(checkout / ".venv")
    home.stamp.unlink()
    assert "not set up here yet" in launch(checkout, python=BARE).stderr


@posix_only
def test_an_environment_whose_python_is_gone_is_not_used(checkout: Path) -> None:
    home = make_environment(checkout / ".venv")
    home.python.unlink()
    home.python.symlink_to("/no/such/python")
    assert "not set up here yet" in launch(checkout, python=BARE).stderr


@posix_only
def test_an_environment_for_other_versions_is_not_used(checkout: Path) -> None:
    make_environment(checkout / ".venv")
    with (checkout / "constraints.txt").open("a") as constraints:
        constraints.write("another==1.0\n")
    done = launch(checkout, python=BARE)
    assert done.returncode == 1
    assert "has changed since" in done.stderr


@posix_only
def test_an_environment_of_another_python_is_not_used(checkout: Path) -> None:
    make_environment(checkout / ".venv", python="3.99")
    done = launch(checkout, python=BARE)
    assert done.returncode == 1
    assert "has changed since" in done.stderr


@posix_only
def test_install_makes_a_half_made_environment_anew_and_a_second_time_has_nothing_to_do(checkout: Path) -> None:
    rubble = checkout / ".venv" / "lib" / "rubble"
    rubble.mkdir(parents=True)
    # With the running packages in sight pip finds everything there, so this works without a network.
    sight = os.pathsep.join(RUNNING_PACKAGES)
    done = launch(checkout, "--install", "plan.roadmap", PYTHONPATH=sight)
    assert f"started with ['plan.roadmap'] in {checkout / '.venv'}\n" in done.stdout, done.stderr
    assert done.returncode == 7
    assert "Removing" in done.stdout
    assert not rubble.exists()
    again = launch(checkout, "--install", PYTHONPATH=sight)
    assert again.stdout.endswith(f"started with [] in {checkout / '.venv'}\n")
    assert "Python packages" not in again.stdout
    assert "Making" not in again.stdout


@posix_only
def test_a_package_index_that_does_not_answer_is_named_and_leaves_no_stamp(checkout: Path) -> None:
    home = make_environment(checkout / ".venv")
    project = checkout / "pyproject.toml"
    project.write_text(project.read_text().replace('"alembic', '"roadmapper-absent",\n    "alembic'))
    nowhere = "http://127.0.0.1:9/simple"
    settings = checkout / "pip.conf"
    settings.write_text(f"[global]\nno-index = false\nindex-url = {nowhere}\nretries = 1\n")
    done = launch(checkout, "--install", PIP_CONFIG_FILE=str(settings), PIP_NO_INDEX="0")
    assert done.returncode == 1
    assert "could not be installed: the package index cannot be reached." in done.stderr
    assert done.stderr.count("\n") == 1
    assert not home.stamp.exists()


@posix_only
def test_the_tests_run_in_the_environment_and_their_exit_code_comes_back(checkout: Path) -> None:
    make_environment(checkout / ".venv")
    (checkout / "tests").mkdir()
    suite = (
        "import sys\ndef test_where():\n    assert sys.prefix.endswith('.venv')\ndef test_red():\n    assert False\n"
    )
    (checkout / "tests" / "test_any.py").write_text(suite)
    chosen = launch(checkout, "--test", "-k", "where", python=BARE)
    assert (chosen.returncode, "1 passed in" in chosen.stdout) == (0, True)
    everything = launch(checkout, "--test", python=BARE)
    assert (everything.returncode, "1 failed, 1 passed" in everything.stdout) == (1, True)


def test_a_task_whose_packages_are_missing_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(main.MODULES_OF, "test", ("no_such_module",))
    with pytest.raises(Trouble, match="--install --test`"):
        main.work(Wish(False, "test", []))


@pytest.mark.parametrize("task", ["", "test"])
def test_a_missing_library_is_named_before_qt_can_abort(monkeypatch: pytest.MonkeyPatch, task: str) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(machine, "LIBRARIES", (ABSENT,))
    with pytest.raises(Trouble, match=r"without libroadmapper-absent.so.9 \(in Debian: libnew9t64 or libold9\)"):
        main.work(Wish(False, task, []))


def test_where_a_process_cannot_be_replaced_its_exit_code_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main, "WINDOWS", True)
    assert main.hand_over([sys.executable, "-c", "raise SystemExit(9)"]) == 9


@pytest.mark.parametrize("told", ["", "/told/by/the/user"])
def test_the_data_folder_is_the_one_the_program_uses(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", told)
    assert main.data_folder() == Path(platformdirs.user_data_dir("roadmapper", appauthor=False))


def test_a_read_only_checkout_gets_its_environment_in_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setattr(machine, "LIBRARIES", ())
    monkeypatch.setattr(main, "make", lambda home: made.append(home.folder))
    monkeypatch.setattr(main, "fill", lambda home, extras: made.append(home.folder))
    monkeypatch.setenv("XDG_DATA_HOME", "/no/such/place")
    main.install([])
    assert made == [main.in_data_folder().folder] * 2
    assert HERE not in made[0].parents


def test_a_full_disk_is_called_a_full_disk(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    complaint = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"

    def fill_the_disk(extras: list[str]) -> None:
        main.must([sys.executable, "-c", f"raise SystemExit({complaint!r})"], "Failed")

    monkeypatch.setattr(main, "install", fill_the_disk)
    assert main.main(["--install"]) == 1
    assert capsys.readouterr().err.startswith("The disk is full")
    assert main.sentence_of(OSError(errno.EACCES, "Permission denied", "/x")).endswith("Permission denied (/x).")


# ---- apt: stand-ins for its two programs note how they were called ----


class Apt:
    """Stand-ins for apt-get and apt-cache in *folder*; apt-get fails while there is no file *allowed*."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"
        self.write("apt-get", f'echo "$@" >> {self.log}; case "$*" in *update*) exec touch {folder}/updated;; esac\n'
                   f"[ -e {folder}/allowed ] && exit 0; echo 'E: Unable to locate it' >&2; exit 100")  # fmt: skip
        self.write("sudo", f'echo "sudo $@" >> {self.log}; exec "$@"')
        self.knows("libold9")

    def write(self, name: str, script: str) -> None:
        (self.folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.folder / name).chmod(0o755)

    def knows(self, *names: str, after_update: bool = False) -> None:
        lines = "".join(f"echo '{name}:'; echo '  Candidate: 1.0'\n" for name in names)
        guard = f"[ -e {self.folder}/updated ] || exit 0\n" if after_update else ""
        self.write("apt-cache", f"echo 'libnew9t64:'; echo '  Candidate: (none)'\n{guard}{lines}")

    def calls(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture
def apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Apt:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(machine, "LIBRARIES", (ABSENT,))
    return Apt(tmp_path)


INSTALL = "-y -o DPkg::Lock::Timeout=60 install --no-install-recommends libold9"
UPDATE = "-y -o DPkg::Lock::Timeout=60 update"


@posix_only
def test_of_a_packages_names_the_one_that_apt_knows_is_installed_and_the_command_shown(
    apt: Apt, capsys: pytest.CaptureFixture[str]
) -> None:
    (apt.folder / "allowed").touch()
    assert main.apt_install([ABSENT.packages]) == ""
    assert apt.calls() == [INSTALL]
    assert f"$ env DEBIAN_FRONTEND=noninteractive apt-get {INSTALL}\n" in capsys.readouterr().out


@posix_only
def test_apts_lists_are_fetched_first_when_it_does_not_know_the_package(apt: Apt) -> None:
    (apt.folder / "allowed").touch()
    apt.knows("libold9", after_update=True)
    assert main.apt_install([ABSENT.packages]) == ""
    assert apt.calls() == [UPDATE, INSTALL]


@posix_only
def test_apts_lists_are_fetched_anew_when_they_are_too_old(apt: Apt) -> None:
    assert "(E: Unable to locate it)" in main.apt_install([ABSENT.packages])
    assert apt.calls() == [INSTALL, UPDATE, INSTALL]


@posix_only
def test_who_is_not_root_installs_by_sudo(apt: Apt, monkeypatch: pytest.MonkeyPatch) -> None:
    (apt.folder / "allowed").touch()
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert main.apt_install([ABSENT.packages]) == ""
    assert apt.calls() == [f"sudo env DEBIAN_FRONTEND=noninteractive apt-get {INSTALL}", INSTALL]


@posix_only
def test_who_may_not_install_gets_the_command_to_hand_on(apt: Apt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main, "rights", lambda: None)
    with pytest.raises(Trouble, match=r"administrator to run .*apt-get install --no-install-recommends libold9"):
        main.install_system_packages()
    assert apt.calls() == []


@posix_only
def test_a_failing_apt_is_quoted(apt: Apt) -> None:
    with pytest.raises(Trouble, match=r"lacks libroadmapper-absent.so.9 .*: apt-get .*E: Unable to locate it"):
        main.install_system_packages()


@posix_only
def test_what_only_printing_needs_keeps_nobody_from_the_rest(
    apt: Apt, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "LIBRARIES", (SPARE,))
    main.install_system_packages()
    assert "Going on without, as only this needs it: printing." in capsys.readouterr().out


@posix_only
def test_without_apt_the_libraries_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(machine, "LIBRARIES", (ABSENT,))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Trouble, match=r"lacks libroadmapper-absent\.so\.9"):
        main.install_system_packages()


@posix_only
def test_a_python_without_ensurepip_gets_debians_package_for_it() -> None:
    assert main.packages_for([ABSENT], ["ensurepip"])[0] == (f"python{main.THIS_PYTHON}-venv", "python3-venv")
    assert main.packages_for([ABSENT], []) == [ABSENT.packages]


# ---- what is installed ----


def test_every_package_the_project_asks_for_is_pinned_to_one_version() -> None:
    pins = [line for line in (HERE / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in pins)
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in pins}
    project = tomllib.loads((HERE / "pyproject.toml").read_text())["project"]
    groups = [project["dependencies"], *(project["optional-dependencies"][name] for name in ("test", "lint"))]
    asked = {re.split(r"[^\w.-]", line)[0].lower().replace("_", "-") for group in groups for line in group}
    assert asked <= pinned
