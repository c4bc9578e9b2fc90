"""Solve an assignment problem from a file, so that anyone can check the solver."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reviews.matching import InstanceError, Solution, solve
from reviews.matching.files import read, write


class Command(BaseCommand):
    help = "Solve an assignment problem of the format panel-assignment/1 (.json or .json.gz), exactly."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("instance", metavar="INSTANCE", type=Path, help="the problem: a .json or .json.gz file")
        parser.add_argument("--floor", action="store_true", help="first raise the total of the worst-served proposal")
        parser.add_argument("--out", metavar="FILE", type=Path, help="write the answer here instead of to the screen")
        parser.add_argument("--seconds", type=float, default=600, help="stop after this long with the best answer")

    def handle(self, *, instance: Path, floor: bool, out: Path | None, seconds: float, **options: Any) -> None:
        try:
            problem = read(instance)
        except InstanceError as error:
            raise CommandError(str(error)) from None
        solution = solve(problem, floor=floor, seconds=seconds)
        text = json.dumps(write(problem, solution), ensure_ascii=False, indent=1)
        if out is None:
            self.stdout.write(text)
        else:
            self._save(out, text)
        self.stderr.write(_summary(solution))

    def _save(self, out: Path, text: str) -> None:
        try:
            out.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"The answer cannot be written to {out}: {error.strerror}.") from None


def _summary(solution: Solution) -> str:
    proof = "proved optimal" if solution.proved else f"not proved, at most {solution.bound:,}"
    parts = [f"{len(solution.assignments)} assignments, total affinity {solution.objective:,} ({proof})"]
    if solution.floor is not None:
        parts.append(f"no application that can be filled is below {solution.floor:,}")
    parts.append(f"{len(solution.unfilled)} places open" if solution.unfilled else "every place filled")
    if solution.unmet:
        parts.append(f"{len(solution.unmet)} reviewers below their least load")
    return "; ".join(parts) + "."
