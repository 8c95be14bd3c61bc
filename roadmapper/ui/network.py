"""Network: whether a file lies on another computer, by the name of its file system."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStorageInfo

NAMES = frozenset({
    "9p", "afpfs", "afs", "ceph", "cifs", "coda", "davfs", "davfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs3",
    "nfs4", "smb2", "smb3", "smbfs", "webdav",
})  # fmt: skip
LOCAL_FUSE = frozenset({"fuse.lxcfs", "fuse.portal", "fuse.snapfuse", "fuseblk"})


def file_system_of(path: Path) -> str:
    """Return what the system calls the file system on which *path* lies, such as ``ext4`` or ``nfs4``."""
    return bytes(QStorageInfo(str(path.parent)).fileSystemType().data()).decode(errors="replace")


def is_far(path: Path, file_system: str) -> bool:
    """Return whether a file on such a file system lies on another computer; a Windows share is told by its path."""
    name = file_system.casefold()
    if str(path).startswith("\\\\"):
        return True
    return name in NAMES or (name.startswith("fuse.") and name not in LOCAL_FUSE)
