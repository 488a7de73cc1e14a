"""``python -m bench.generator ROWS FILE [--seed N]`` writes an extract and prints its SHA-256."""

import argparse
from pathlib import Path

from bench.generator import write_extract

parser = argparse.ArgumentParser(
    prog="python -m bench.generator", description="Write an extract of made-up disruptions."
)
parser.add_argument("rows", type=int)
parser.add_argument("file", type=Path)
parser.add_argument("--seed", type=int, default=7)
options = parser.parse_args()
written = write_extract(options.rows, options.file, options.seed)
print(f"rows {written.rows}, threats {written.threats}, sha256 {written.sha256}")
