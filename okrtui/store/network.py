"""Which file system a folder is on: SQLite's locks and its shared memory do not work across machines."""

from __future__ import annotations

import os
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")

_NETWORK = {
    *("9p", "afs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2"),
    *("orangefs", "pvfs2", "smb2", "smb3", "smbfs", "vboxsf", "fuse"),
}
# A container's own root without privileges: FUSE, but on this machine's disk.
_LOCAL_FUSE = {"fuse.fuse-overlayfs"}


def network_kind(folder: Path) -> str:
    """The type of the network file system ``folder`` is on ("nfs4", "fuse.sshfs"), or "" where it is none or unknown.

    The kernel's table of mounts is read rather than ``statfs`` called: it is text, the same on every architecture, and
    tells sshfs from other FUSE file systems. Systems without ``/proc`` answer "".
    """
    kind = _kind_of_device(folder.stat().st_dev)
    network = kind in _NETWORK or (kind.startswith("fuse.") and kind not in _LOCAL_FUSE)
    return kind if network else ""


def _kind_of_device(device: int) -> str:
    number = f"{os.major(device)}:{os.minor(device)}"
    for fields in _mounts():
        if fields[2] == number:
            return fields[fields.index("-") + 1]
    return ""


def _mounts() -> list[list[str]]:
    if not MOUNTS.exists():
        return []
    return [line.split() for line in MOUNTS.read_text("utf-8", "replace").splitlines()]
