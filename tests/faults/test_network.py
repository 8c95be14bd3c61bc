"""A roadmap on another computer is noticed, told of once, and copied here when that is wanted.

The name of the file system alone is put in by hand; on real shares `QStorageInfo` gives it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from roadmapper.ui.network import file_system_of, is_far
from tests.storage.files import opened
from tests.ui.stage import Stage


@pytest.mark.parametrize("name", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone", "davfs", "NFS4"])
def test_the_file_systems_of_other_computers_are_known(name: str) -> None:
    assert is_far(Path("/home/ann/plan.roadmap"), name)


@pytest.mark.parametrize("name", ["ext4", "tmpfs", "NTFS", "apfs", "fuseblk", "overlay", "vfat", ""])
def test_those_of_this_computer_are_too(name: str) -> None:
    assert not is_far(Path("/home/ann/plan.roadmap"), name)


def test_a_windows_share_is_told_by_its_path() -> None:
    assert is_far(Path(r"\\server\share\plan.roadmap"), "NTFS")


def test_the_file_system_of_a_real_file_has_a_name(tmp_path: Path) -> None:
    assert file_system_of(tmp_path / "plan.roadmap")


def test_a_share_is_told_of_once_and_the_roadmap_can_be_copied_to_this_computer(stage: Stage) -> None:
    care = stage.window.care
    care.file_system = lambda path: "nfs4" if stage.session.data not in path.parents else "ext4"
    stage.window.files.show(stage.path)
    assert "network drive (nfs4)" in stage.banner
    plan = stage.plan
    stage.window.banner.buttons[0].click()
    copy = stage.session.data / "plan.roadmap"
    assert stage.window.files.path == copy and stage.plan == plan and not stage.banner
    with opened(stage.path) as file:
        assert file.plan == plan and file.lock is not None
    stage.window.files.show(stage.path)
    assert not stage.banner  # told already


def test_a_share_may_be_left_where_it_is(stage: Stage) -> None:
    stage.window.care.file_system = lambda path: "cifs"
    stage.window.files.show(stage.path)
    stage.window.banner.buttons[1].click()
    assert not stage.banner and stage.window.editor.editable
