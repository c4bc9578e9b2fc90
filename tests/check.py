"""Run every check that is no test, all of them even if one fails: `make check`."""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
COMMANDS = {
    "style": [BIN / "ruff", "check", "."],
    "format": [BIN / "ruff", "format", "--check", "."],
    "types": [BIN / "mypy"],
    "layers": [BIN / "lint-imports", "--no-logo"],
    "settings": [sys.executable, "-W", "error", "manage.py", "check", "--fail-level", "WARNING"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    "catalogues": [sys.executable, "-m", "tests.messages", "--check"],
    "compose file": [BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
}
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
PINNED = re.compile(r"^([a-z0-9-]+)==([^ ;]+)")


def main() -> int:
    """Run the checks, print what is wrong with each, and return 1 if anything is."""
    wrong = [name for name, command in COMMANDS.items() if not _runs(name, command)]
    for name, check in (("requirements", requirements_that_differ), ("links", broken_links)):
        found = check(ROOT)
        print(f"{name}: {'ok' if not found else 'wrong'}", *found, sep="\n    ")
        wrong += [name] if found else []
    print(f"Wrong: {', '.join(wrong)}." if wrong else "All checks pass.")
    return bool(wrong)


def _runs(name: str, command: list[str | Path]) -> bool:
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, "DATA_DIR": scratch}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    print(f"{name}: {'wrong' if done.returncode else 'ok'}", flush=True)
    if done.returncode:
        print(done.stdout[-8000:], done.stderr[-4000:], sep="\n", flush=True)
    return done.returncode == 0


def requirements_that_differ(root: Path) -> list[str]:
    """Return what the requirements files pin otherwise than the lock."""
    packages = tomllib.loads((root / "uv.lock").read_text())["package"]
    locked = {package["name"]: package["version"] for package in packages if "registry" in package["source"]}
    pinned = {name: _pinned(root / name) for name in ("requirements.txt", "requirements-dev.txt")}
    found = [
        f"{file}: {name}=={version}, but the lock has {locked.get(name, 'none')}. Run make requirements."
        for file, lines in pinned.items()
        for name, version in lines.items()
        if locked.get(name) != version
    ]
    absent = sorted(set(locked) - set(pinned["requirements-dev.txt"]))
    return found + [f"requirements-dev.txt lacks {name}. Run make requirements." for name in absent]


def _pinned(file: Path) -> dict[str, str]:
    return dict(found.groups() for line in file.read_text().splitlines() if (found := PINNED.match(line)))


def broken_links(root: Path) -> list[str]:
    """Return the links of the documents that lead nowhere."""
    documents = [*root.glob("*.md"), *(root / "docs").rglob("*.md")]
    return [
        f"{document.relative_to(root)}: {link} leads nowhere."
        for document in documents
        for link in LINK.findall(document.read_text())
        if not link.startswith(("http:", "https:", "mailto:")) and not _leads_somewhere(document, link)
    ]


def _leads_somewhere(document: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (document.parent / path) if path else document
    return target.exists() and (not anchor or anchor in _anchors(target))


def _anchors(document: Path) -> set[str]:
    titles = re.findall(r"^#+ +(.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


if __name__ == "__main__":
    sys.exit(main())
