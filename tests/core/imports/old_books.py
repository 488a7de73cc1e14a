"""Workbooks in the two binary forms of Excel, of one sheet of texts and numbers: as little as a reader asks for."""

import struct
import zipfile
from collections.abc import Sequence
from io import BytesIO

Rows = Sequence[Sequence[str | float]]
SECTOR = 512
END, FREE, OF_FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def xls_of(rows: Rows) -> bytes:
    """Excel 97–2003: records in a stream of a compound file."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))

    def cell(row: int, column: int, value: str | float) -> bytes:
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            text = value.encode("utf-16-le")
            return record(0x204, place + struct.pack("<HB", len(value), 1) + text)
        return record(0x203, place + struct.pack("<d", value))

    end = record(0x0A, b"")
    name = b"\x04\x00Data"
    head = begin(5)
    length = len(head) + 4 + 6 + len(name) + len(end)
    sheet = begin(0x10) + b"".join(cell(r, c, v) for r, row in enumerate(rows) for c, v in enumerate(row)) + end
    return compound(head + record(0x85, struct.pack("<IBB", length, 0, 0) + name) + end + sheet)


def compound(stream: bytes) -> bytes:
    """A compound file that holds one stream, named Workbook."""
    stream = stream.ljust(4096, b"\0")  # shorter ones are kept elsewhere
    count = -(-len(stream) // SECTOR)
    chain = [OF_FAT, END, *range(3, 2 + count), END]
    fat = struct.pack(f"<{SECTOR // 4}I", *chain, *[FREE] * (SECTOR // 4 - len(chain)))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        words = name.encode("utf-16-le")
        return (
            words.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(words) + 2, kind, 1, FREE, FREE, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    folder = entry("Root Entry", 5, 1, END, 0) + entry("Workbook", 2, FREE, 2, len(stream)) + bytes(256)
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", 0, *[FREE] * 108)
    return head + fat + folder + stream.ljust(count * SECTOR, b"\0")


def xlsb_of(rows: Rows, *, furthest: int = 0) -> bytes:
    """Excel's binary workbook: records in the parts of an archive. ``furthest`` is the number of one row more."""

    def record(kind: int, data: bytes = b"") -> bytes:
        size, length = len(data), b""
        while size > 127:
            length, size = length + bytes([size & 127 | 128]), size >> 7
        number = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
        return number + length + bytes([size]) + data

    def words(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    def cell(column: int, value: str | float) -> bytes:
        place = struct.pack("<II", column, 0)
        return (
            record(6, place + words(value)) if isinstance(value, str) else record(5, place + struct.pack("<d", value))
        )

    width = max(map(len, rows))
    body = record(129) + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)) + record(145)
    for number, row in enumerate(rows):
        body += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        body += b"".join(cell(column, value) for column, value in enumerate(row))
    if furthest:
        body += record(0, struct.pack("<IIHBBBI", furthest, 0, 300, 0, 0, 0, 0)) + cell(0, "x")
    body += record(146) + record(130)
    sheet = record(156, struct.pack("<II", 0, 1) + words("rId1") + words("Data"))
    book = record(131) + record(153, bytes(12)) + record(143) + sheet + record(144) + record(132)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    target = f'<Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.bin", book)
        parts.writestr("xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{space}">{target}</Relationships>')
        parts.writestr("xl/worksheets/sheet1.bin", body)
    return file.getvalue()
