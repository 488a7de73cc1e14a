"""What this machine tells of processes: how much memory they hold, and what they have loaded."""

from collections.abc import Iterable
from pathlib import Path


def resident(processes: Iterable[int]) -> int:
    """What the processes hold in memory together, in bytes; what several hold in common counts once."""
    return sum(_kilobytes(f"/proc/{process}/smaps_rollup", "Pss") * 1024 for process in processes)


def peaks(workers: tuple[int, ...]) -> list[int]:
    """The most that each process has held in memory since ``forget_peaks``, in bytes."""
    return [_kilobytes(f"/proc/{worker}/status", "VmHWM") * 1024 for worker in workers]


def forget_peaks(workers: tuple[int, ...]) -> None:
    for worker in workers:
        Path(f"/proc/{worker}/clear_refs").write_text("5")


def loaded_files(worker: int) -> str:
    """The libraries and modules in binary form that a process has open."""
    return Path(f"/proc/{worker}/maps").read_text()


def _kilobytes(path: str, what: str) -> int:
    lines = Path(path).read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(f"{what}:")))
