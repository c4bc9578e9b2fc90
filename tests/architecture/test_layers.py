"""How the product is put together: what may import what, and how long its parts are."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("config", "core", "fund", "applications", "reviews", "reports")
JUNK = {"utils", "helpers", "services", "manager", "managers", "handler", "handlers", "data", "info", "common", "misc"}
MOST_LINES = {"function": 50, "file": 500}
TOP = {
    ".ci", ".git", ".github", "applications", "config", "core", "docs", "fund", "reports", "reviews", "tests",
}  # fmt: skip

MODULES = sorted(
    path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.relative_to(ROOT).parts
)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the tree of a module, read once."""
    return ast.parse(path.read_text())


def functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{named(path)}:{node.lineno} {node.name}", node


def test_imports_go_one_way_and_no_package_is_in_a_cycle() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_no_two_modules_import_each_other_in_a_ring() -> None:
    known = {named(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in MODULES}
    edges = {name: _imported(path, name, set(known)) for name, path in known.items()}
    assert _rings(edges) == []


def _imported(path: Path, name: str, known: set[str]) -> set[str]:
    found = set()
    for node in tree_of(path).body:  # what runs at import; TYPE_CHECKING blocks do not
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            parts = {f"{node.module}.{each.name}" for each in node.names}
            found |= {part if part in known else node.module for part in parts}
    return (found & known) - {name}


def _rings(edges: dict[str, set[str]]) -> list[str]:
    """Return what is left after taking away, again and again, the modules that import nothing that is left."""
    left = dict(edges)
    while free := [name for name, imported in left.items() if not imported & left.keys()]:
        for name in free:
            del left[name]
    return sorted(left)


def _answers_requests(name: str) -> bool:
    parts = name.split(".")
    return "views" in parts or parts[-1].endswith("_views") or "urls" in parts or parts[-1].endswith("_urls")


def test_only_addresses_and_views_import_views() -> None:
    """What a page and the interface share is below both, as in `reviews/access.py`."""
    known = {named(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in MODULES}
    found = [
        f"{name} imports {each}"
        for name, path in known.items()
        if not _answers_requests(name)
        for each in sorted(_imported(path, name, set(known)))
        if _answers_requests(each)
    ]
    assert found == []


def test_imports_stand_at_the_top() -> None:
    inside = [
        where
        for path in MODULES
        for where, function in functions(path)
        if function.name != "ready"
        and any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    ]
    assert inside == []


def test_no_function_is_too_long() -> None:
    long = [
        where
        for path in MODULES
        for where, function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > MOST_LINES["function"]
    ]
    assert long == []


def test_no_file_is_too_long() -> None:
    assert [named(path) for path in MODULES if len(path.read_text().splitlines()) > MOST_LINES["file"]] == []


READ_BY_TODAYS_CODE = {"applications/migrations/0006_search_texts_and_saved_views.py"}
"""The one that says why it may: what it reads is frozen."""


def test_a_migration_changes_rows_by_its_own_code() -> None:
    """What it borrows changes or goes away, and from then on no new database can be made."""
    borrowing = {
        named(path)
        for app in APPS
        for path in (ROOT / app).glob("migrations/*.py")
        for node in tree_of(path).body
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in APPS
    }
    assert borrowing == READ_BY_TODAYS_CODE


def test_no_module_is_a_junk_drawer() -> None:
    assert [named(path) for path in MODULES if path.stem in JUNK or path.parent.name in JUNK] == []


def test_nothing_else_stands_at_the_top() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("this copy is no git repository")
    folders = {line.split("/")[0] for line in tracked.stdout.splitlines() if "/" in line}
    assert sorted(folders - TOP) == []


CLOCKS = {("timezone", "now"), ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
          ("time", "time"), ("timezone", "localdate"), ("timezone", "localtime")}  # fmt: skip


def _reads_clock(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    owner = node.func.value
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return (name, node.func.attr) in CLOCKS


def test_only_the_clock_reads_the_time() -> None:
    found = [
        f"{named(path)}:{node.lineno}"
        for path in MODULES
        if not named(path).startswith("core/clock/")
        for node in ast.walk(tree_of(path))
        if _reads_clock(node)
    ]
    assert found == []


def test_no_signal_joins_our_own_apps() -> None:
    signals = re.compile(r"\b(pre|post)_(save|delete|init)\b|\bm2m_changed\b|\bSignal\(")
    found = [named(path) for path in MODULES if signals.search(path.read_text())]
    assert found == []
