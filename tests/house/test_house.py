"""How the house is kept: what may load what, and that what is written about it is so."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import okrtui

CHECKOUT = Path(__file__).parents[2]
DOCUMENTS = [CHECKOUT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
DOCUMENTS += sorted((CHECKOUT / "docs").glob("*.md"))


def modules(package):
    folder = CHECKOUT / "okrtui" / package
    return [f"okrtui.{package}.{path.stem}" for path in sorted(folder.glob("*.py")) if path.stem != "__init__"]


@pytest.mark.parametrize("package", ["core", "store", "service"])
def test_nothing_below_the_screens_loads_what_draws(package):
    code = (
        f"import sys, {', '.join(modules(package))}\n"
        "print(sorted({'textual', 'rich', 'click', 'asyncssh'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_rules_load_no_database():
    code = f"import sys, {', '.join(modules('core'))}\nprint(sorted({{'sqlite3', 'pysqlite3', 'sqlite_utils'}} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_first_look_loads_nothing_slow():
    """What reads a room or a tree starts without pydantic and sqlite-utils, which cost a start 80 ms."""
    code = "import sys, okrtui.service.rooms, okrtui.service.trees, okrtui.store.file\nprint(*sorted({'pydantic', 'sqlite_utils'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []


def test_the_version_stands_in_one_place():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "okrtui/__init__.py"
    assert okrtui.__version__ in (CHECKOUT / "CHANGELOG.md").read_text()


def test_tests_are_no_packages():
    tests = CHECKOUT / "tests"
    assert list(tests.rglob("__init__.py")) == []
    assert not [path for path in tests.iterdir() if path.name in {"screens", "widgets"}]


def test_every_dependency_is_pinned_and_nothing_else_is_named():
    lines = (CHECKOUT / "constraints.txt").read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9.]*", pin) for pin in pins)
    names = [pin.partition("==")[0] for pin in pins]
    assert names == sorted(names)
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    asked = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *project["build-system"]["requires"],
    ]
    assert {re.match(r"[\w-]+", one)[0] for one in asked} <= {pin.partition("==")[0] for pin in pins}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_is_said_to_make_can_be_made(document):
    text = document.read_text()
    targets = set(re.findall(r"^([a-z-]+):", (CHECKOUT / "Makefile").read_text(), re.MULTILINE))
    said = re.findall(r"^ *make ([a-z-]+)|`make ([a-z-]+)", text, re.MULTILINE)
    assert {first or second for first, second in said} <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_is_linked_is_there(document):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text())
    missing = [link for link in links if not (document.parent / link).exists()]
    assert not missing


@pytest.mark.parametrize(
    ("module", "page"), [("screens.reference", "keys.md"), ("okrtui.cli.reference", "command-line.md")]
)
def test_references_in_the_docs_are_the_programs_own(module, page):
    made = subprocess.run([sys.executable, "-m", module], capture_output=True, text=True, check=True).stdout
    assert (CHECKOUT / "docs" / page).read_text() == made, "run `make docs`"
