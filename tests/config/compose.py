"""Read docker-compose.yml as Compose does: its variables filled in, its anchors merged."""

import re
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).resolve().parents[2] / "docker-compose.yml"
VARIABLE = re.compile(r"\$(?:(\$)|\{(\w+)(?::([-?])([^}]*))?\})")


class Missing(Exception):
    """A variable without default is not set; its text is the sentence of the file."""


def read(**variables: str) -> dict[str, Any]:
    """Return the file's content with these variables set and no others."""
    return fill(yaml.safe_load(FILE.read_text()), variables)


def fill(value: Any, variables: dict[str, str]) -> Any:
    """Fill the variables into every text of a value."""
    if isinstance(value, dict):
        return {name: fill(each, variables) for name, each in value.items()}
    if isinstance(value, list):
        return [fill(each, variables) for each in value]
    return VARIABLE.sub(lambda found: _value(found, variables), value) if isinstance(value, str) else value


def _value(found: re.Match[str], variables: dict[str, str]) -> str:
    dollar, name, kind, rest = found.groups()
    if dollar or variables.get(name):
        return dollar or variables[name]
    if kind == "-":
        return rest
    raise Missing(rest)
