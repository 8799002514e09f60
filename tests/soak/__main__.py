"""``make soak``: every benchmark and every test marked ``soak``, written down in docs/measurements."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.serving import ROOT

MEASUREMENTS = ROOT / "docs" / "measurements"
PARTS = {
    "Benchmarks": [sys.executable, "-m", "tests.bench"],
    "Full-length runs": [sys.executable, "-m", "pytest", "-q", "-m", "soak", "-s"],
}
NO_TESTS_COLLECTED = 5


def main(folder: Path = MEASUREMENTS) -> int:
    """Run all parts; 1 if one of them failed. What was measured is written down either way."""
    now = datetime.now(UTC)
    folder.mkdir(parents=True, exist_ok=True)
    report = folder / f"{now:%Y-%m-%d-%H%M}.md"
    failed = False
    with report.open("w", encoding="utf-8") as out:
        out.write(f"# Measured on {now:%Y-%m-%d at %H:%M} UTC\n\n{machine()}\n")
        for title, argv in PARTS.items():
            print(f"{title} …", file=sys.stderr, flush=True)
            done = subprocess.run(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True)
            ended = "" if done.returncode == 0 else f"\nEnded with exit code {done.returncode}.\n"
            out.write(f"\n## {title}\n\n```\n{done.stdout.rstrip()}\n```\n{ended}")
            out.flush()
            failed = failed or done.returncode not in (0, NO_TESTS_COLLECTED)
    print(report)
    return 1 if failed else 0


def machine() -> str:
    """What it was measured on: processor, memory, system, Python and commit, as a list."""
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    facts = {
        "Processor": f"{os.cpu_count()} × {processor()}",
        "Memory": f"{memory_gib:.0f} GiB",
        "System": platform.platform(),
        "Python": platform.python_version(),
        "Commit": commit(),
    }
    return "\n".join(f"- {name}: {value}" for name, value in facts.items())


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith(("model name", "Model")):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def commit() -> str:
    """The commit measured, and whether files differed from it."""
    return subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
