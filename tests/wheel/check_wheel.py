"""The built wheel, installed by itself in an environment of its own; `make check-wheel` builds it and runs this."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

CHECKOUT = Path(__file__).parents[2]
PACKAGES = ("okrtui", "screens", "widgets")


@pytest.fixture(scope="module")
def wheel() -> Path:
    """The one wheel in dist."""
    (found,) = (CHECKOUT / "dist").glob("*.whl")
    return found


@pytest.fixture(scope="module")
def okrtui(wheel, tmp_path_factory):
    """Run the command of the installed wheel, from outside of the checkout, in a home of its own."""
    place = tmp_path_factory.mktemp("wheel")
    venv.create(place / "venv", with_pip=False, symlinks=True)
    python = place / "venv" / "bin" / "python"
    constraints = CHECKOUT / "constraints.txt"
    install = ["install", "--quiet", "--no-input", "--disable-pip-version-check", "--constraint", constraints, wheel]
    subprocess.run([sys.executable, "-m", "pip", "--python", python, *install], check=True)
    home = place / "home"
    home.mkdir()
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data")}

    def run(*words: str) -> str:
        command = [python.with_name("okrtui"), *words]
        ended = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    return run


def committed(ending: str) -> set[str]:
    """The files of our packages that end so, as the wheel should hold them."""
    folders = [CHECKOUT / package for package in PACKAGES]
    return {str(path.relative_to(CHECKOUT)) for folder in folders for path in folder.rglob(f"*{ending}")}


def test_it_holds_the_three_packages_whole_and_nothing_else(wheel):
    names = set(ZipFile(wheel).namelist())
    own = {name for name in names if ".dist-info/" not in name}
    assert {name.partition("/")[0] for name in own} == set(PACKAGES)
    for ending in (".py", ".sql", ".tcss"):
        assert committed(ending) <= names, ending
    assert "okrtui/py.typed" in names
    assert not [name for name in own if "test" in Path(name).stem]
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)


def test_it_says_its_version(okrtui):
    with (CHECKOUT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["dynamic"] == ["version"]
    (version,) = [
        line.split('"')[1]
        for line in (CHECKOUT / "okrtui" / "__init__.py").read_text().splitlines()
        if line.startswith("__version__")
    ]
    assert okrtui("--version").split()[-1] == version


def test_it_makes_a_file_and_finds_it_well(okrtui, tmp_path):
    path = str(tmp_path / "okr.db")
    okrtui("--db", path, "init", "--company", "Acme")
    assert "Every page and index is whole" in okrtui("--db", path, "doctor")


def test_it_has_all_that_the_screens_need(okrtui):
    assert "demo" in okrtui("--help")
