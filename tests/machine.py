"""Installs the Debian packages that browser tests and benchmarks need, where they are missing and this is allowed.

``python -m tests.machine`` never fails: what stays missing makes tests say why they are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

# The program, and the packages it comes with; the last three are for the field firmware: to build it, run it, flash it.
NEEDED = {
    "chromium": "chromium",
    "cc": "gcc libc6-dev make",
    "avr-gcc": "gcc-avr avr-libc binutils-avr",
    "simavr": "simavr libsimavr-dev libelf-dev",
    "avrdude": "avrdude",
}
QUIETLY = {"DEBIAN_FRONTEND": "noninteractive"}


def main() -> int:
    missing = {program: packages for program, packages in NEEDED.items() if shutil.which(program) is None}
    if not missing:
        return 0
    allowed = as_administrator()
    if allowed is None:
        print(f"Not installed, and it may not be done from here: {', '.join(missing)}.", file=sys.stderr)
        return 0
    names = [name for packages in missing.values() for name in packages.split()]
    print(f"Installing {' '.join(names)} …", file=sys.stderr, flush=True)
    for arguments in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *names]):
        done = subprocess.run([*allowed, "apt-get", *arguments], env=os.environ | QUIETLY, stdout=sys.stderr)
        if done.returncode != 0:
            print(f"apt-get {arguments[0]} ended with {done.returncode}.", file=sys.stderr)
    return 0


def as_administrator() -> list[str] | None:
    """What to put before apt-get: nothing for root, sudo if it asks no password; None where it cannot be done."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive"]
    return None


if __name__ == "__main__":
    sys.exit(main())
