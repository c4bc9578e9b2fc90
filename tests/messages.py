"""Collect what the product says into the catalogues and compile them: `make messages`; `--check` only compares.

Reads templates, Python and nothing else: the sentences of scripts stand in a template. A catalogue that is compiled
says what its source says, so that the product needs no compiler where it runs.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
APPS = ("config", "core", "fund", "applications", "reviews", "reports")
LOCALES = ROOT / "config" / "locale"
ONE = {"_", "_lazy", "gettext", "gettext_lazy", "gettext_noop", "lazy"}
MANY = {"ngettext", "ngettext_lazy", "counted"}
_CONSTANT = re.compile(r"""_\((?:"([^"]+)"|'([^']+)')\)""")
_COUNTED = re.compile(r'\|counted:"([^",]*),([^"]*)"')


class Said(NamedTuple):
    """One text of the sources, with its plural form if it has one."""

    message: str
    plural: str
    file: str


def said_in_python() -> Iterator[Said]:
    """Yield what Python files mark."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    yield from _of_call(node, str(path.relative_to(ROOT)))


def _of_call(call: ast.Call, file: str) -> Iterator[Said]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    texts = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if name in ONE and texts:
        yield Said(texts[0], "", file)
    elif name in MANY and len(texts) >= 2:
        yield Said(texts[0], texts[1], file)


def said_in_templates() -> Iterator[Said]:
    """Yield what templates mark, as their tags look it up."""
    from django.template import Engine  # noqa: PLC0415 - needs the settings
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode  # noqa: PLC0415

    engine = Engine.get_default()
    for app in APPS:
        for path in sorted((ROOT / app / "templates").rglob("*.*")):
            file, source = str(path.relative_to(ROOT)), path.read_text()
            for node in _nodes(engine.from_string(source).nodelist):
                if isinstance(node, TranslateNode):
                    yield Said(str(getattr(node.filter_expression.var, "literal", "")).replace("%", "%%"), "", file)
                elif isinstance(node, BlockTranslateNode):
                    one, _ = node.render_token_list(node.singular)
                    many = node.render_token_list(node.plural)[0] if node.plural else ""
                    yield Said(_trim(one, node.trimmed), _trim(many, node.trimmed), file)
            yield from (Said((a or b).replace("%", "%%"), "", file) for a, b in _CONSTANT.findall(source))
            yield from (Said(f"%(number)s {a}", f"%(number)s {b}", file) for a, b in _COUNTED.findall(source))


def _nodes(nodes: Iterator) -> Iterator:
    for node in nodes:
        yield node
        for name in getattr(node, "child_nodelists", ()):
            yield from _nodes(getattr(node, name, None) or ())


def _trim(text: str, trimmed: bool) -> str:
    return " ".join(line.strip() for line in text.strip().splitlines() if line.strip()) if trimmed else text


def collected() -> Catalog:
    """Return all that the sources say."""
    catalog = Catalog(project="Safe Online Research Fund", version="1", charset="utf-8")
    for said in sorted({*said_in_python(), *said_in_templates()}):
        if said.message:
            catalog.add((said.message, said.plural) if said.plural else said.message, locations=[(said.file, None)])
    return catalog


def sources() -> list[Path]:
    """Return the catalogues that translators write."""
    return sorted(LOCALES.glob("*/LC_MESSAGES/django.po"))


def compiled(source: Path) -> bytes:
    """Return what a catalogue is when it is compiled."""
    catalogue, written = read_catalogue(source), io.BytesIO()
    for message in [each for each in catalogue if each.id and not _is_translated(each)]:
        catalogue.delete(message.id)  # an empty plural form would be taken for a translation
    write_mo(written, catalogue)
    return written.getvalue()


def read_catalogue(source: Path) -> Catalog:
    """Read the catalogue of a language."""
    with source.open("rb") as file:
        return read_po(file, locale=source.parent.parent.name)


def stale() -> list[str]:
    """Return the catalogues whose compiled form is not what their source says."""
    return [
        f"{source.relative_to(ROOT)} differs from its .mo. Run make messages."
        for source in sources()
        if not source.with_suffix(".mo").exists() or source.with_suffix(".mo").read_bytes() != compiled(source)
    ]


def update(source: Path, found: Catalog) -> None:
    """Add what is new, take out what is gone, and compile."""
    catalogue = read_catalogue(source)
    catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    with source.open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, include_lineno=False, omit_header=False)
    source.with_suffix(".mo").write_bytes(compiled(source))
    words = [message for message in catalogue if message.id]
    print(f"{source.relative_to(ROOT)}: {sum(map(_is_translated, words))} of {len(words)} translated")


def _is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, list | tuple) else bool(message.string)


def main() -> int:
    """Update the catalogues, or say with `--check` which are not compiled."""
    if "--check" in sys.argv:
        print(*stale(), sep="\n")
        return bool(stale())
    django.setup()
    found = collected()
    for source in sources():
        update(source, found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
