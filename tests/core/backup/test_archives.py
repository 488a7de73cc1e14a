"""What is unpacked of a backup: files, into the folder that they are of, and nothing else."""

import io
import tarfile

import pytest

from soc_tracker.core.backup import BackupError
from soc_tracker.core.backup.copying import _unpack


def archive(path, name: str, kind: bytes = tarfile.REGTYPE):
    member = tarfile.TarInfo(name)
    member.type, member.size, member.linkname = kind, 5 if kind == tarfile.REGTYPE else 0, "/etc/passwd"
    with tarfile.open(path, "w:gz") as made:
        made.addfile(member, io.BytesIO(b"bytes"))
    return path


def test_files_come_back_in_their_folders(tmp_path):
    _unpack(archive(tmp_path / "uploads.tar", "disruptions/a.csv"), "", tmp_path / "uploads")
    assert (tmp_path / "uploads" / "disruptions" / "a.csv").read_bytes() == b"bytes"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("../elsewhere", tarfile.REGTYPE), ("/tmp/elsewhere", tarfile.REGTYPE), ("link", tarfile.SYMTYPE)],
)
def test_an_archive_that_somebody_has_changed_writes_nothing_elsewhere(tmp_path, name, kind):
    with pytest.raises(BackupError, match="which no backup of this site does"):
        _unpack(archive(tmp_path / "uploads.tar", name, kind), "", tmp_path / "uploads")
    assert not list((tmp_path / "uploads").rglob("*"))
    assert not (tmp_path / "elsewhere").exists()
