"""Files of a backup: compressed and, with a key, encrypted piece by piece, so that none needs to fit into memory.

A sealed file is MAGIC, a salt of 16 bytes, and pieces: each its length in 4 bytes and what AES-256-GCM makes of it.
The key of a file is derived (HKDF) from that of the backup, the salt and the file's name, so that no file passes for
another; the nonce of a piece is its number and whether it is the last, so that none is missing, doubled or in another's
place.
"""

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from soc_tracker.core.backup import BackupError

MAGIC = b"SOC-BACKUP-1\n"
SALT, LENGTH = 16, 4  # bytes
PIECE = 1 << 20
SEALED = ".sealed"
"""The ending of a sealed file's name."""


@contextmanager
def writing(path: Path, key: str) -> Iterator[gzip.GzipFile]:
    """A new file that takes what is to be kept; with a key ("" for none) nobody reads it without."""
    with path.open("xb") as file:
        sealed = SealingWriter(file, key, path.name) if key else None
        with gzip.GzipFile("", "wb", 1, sealed or file, 0) as packed:
            yield packed
        if sealed:
            sealed.finish()
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def reading(path: Path, key: str) -> Iterator[gzip.GzipFile]:
    """What a file keeps. Raises BackupError where it does not open with the key, or is damaged."""
    with path.open("rb") as file:
        is_sealed = file.read(len(MAGIC)) == MAGIC
        file.seek(0)
        if is_sealed and not key:
            raise BackupError(f"{path.name} is sealed: set BACKUP_KEY or BACKUP_KEY_FILE to the key it was made with.")
        source: Any = io.BufferedReader(OpeningReader(file, key, path.name), PIECE) if is_sealed else file
        try:
            with gzip.GzipFile(fileobj=source) as unpacked:
                yield unpacked
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise BackupError(f"{path.name} is damaged: {error}.") from error


class SealingWriter:
    """Encrypts what is written to a file, a piece at a time; ``finish`` writes the last."""

    def __init__(self, file: BinaryIO, key: str, name: str) -> None:
        salt = os.urandom(SALT)
        self.file, self.cipher, self.number = file, _cipher(key, salt, name), 0
        self.waiting = bytearray()
        file.write(MAGIC + salt)

    def write(self, data: Any) -> int:
        self.waiting += data
        while len(self.waiting) > PIECE:
            self._seal(bytes(self.waiting[:PIECE]), is_last=False)
            del self.waiting[:PIECE]
        return len(data)

    def flush(self) -> None:
        """Pieces are written when they are full."""

    def finish(self) -> None:
        self._seal(bytes(self.waiting), is_last=True)

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        sealed = self.cipher.encrypt(_nonce(self.number, is_last=is_last), piece, None)
        self.file.write(len(sealed).to_bytes(LENGTH, "big") + sealed)
        self.number += 1


class OpeningReader(io.RawIOBase):
    """Decrypts a sealed file as it is read."""

    def __init__(self, file: BinaryIO, key: str, name: str) -> None:
        file.seek(len(MAGIC))
        self.file, self.name, self.number = file, name, 0
        self.cipher = _cipher(key, file.read(SALT), name)
        self.next = self._read_piece()
        self.open = b""
        if self.next is None:
            raise BackupError(f"{name} was cut short.")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self.open and self.next is not None:
            piece, self.next = self.next, self._read_piece()
            nonce = _nonce(self.number, is_last=self.next is None)
            try:
                self.open = self.cipher.decrypt(nonce, piece, None)
            except InvalidTag as error:
                raise BackupError(f"{self.name} was altered or cut short, or sealed with another key.") from error
            self.number += 1
        taken = self.open[: len(buffer)]
        buffer[: len(taken)] = taken
        self.open = self.open[len(taken) :]
        return len(taken)

    def _read_piece(self) -> bytes | None:
        """The next piece as it is stored; None after the last."""
        length = int.from_bytes(self.file.read(LENGTH), "big")
        return self.file.read(min(length, PIECE + 16)) if length else None


def _cipher(key: str, salt: bytes, name: str) -> AESGCM:
    derived = HKDF(SHA256(), length=32, salt=salt, info=f"soc-tracker backup {name}".encode())
    return AESGCM(derived.derive(key.encode()))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
