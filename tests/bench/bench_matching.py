"""CPU seconds, memory and total of the assignment at each size: `python -m tests.bench.bench_matching [NAME …]`.

Instances come from the folder that REFERENCE_DATA names; one that its tools can make but that is not there is
made in a temporary folder. Each runs in a process of its own, so that its memory is its own.
"""

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reviews.matching import broken_rules, solve
from reviews.matching.files import read

OPTIMA = {  # total, and total at the highest floor where it is known
    "s_120x40": (197_411, 979, 197_344),
    "s_120x40_k5": (304_798, 1_331, 304_771),
    "s_mixed": (188_110, 851, 187_991),
    "s_120x40_b": (None, None, None),
    "m_1000x300": (2_155_950, 1_197, 2_155_896),
    "m_mixed": (2_126_684, None, None),
    "l_5000x1500": (11_956_256, None, None),
}
LINE = "{:<20}{:>8}{:>8}{:>14}{:>10}{:>7}{:>7}  {}"


def main(names: list[str]) -> int:
    folder = os.environ.get("REFERENCE_DATA")
    if not folder:
        print("Set REFERENCE_DATA to the folder with the reference data.")
        return 2
    print(LINE.format("instance", "CPU s", "MB", "total", "of best", "floor", "open", "proof"))
    codes = []
    with tempfile.TemporaryDirectory() as made:
        for name in names or OPTIMA:
            path = find(Path(folder), name, Path(made))
            for how in ("total", "floor") if OPTIMA[name][2] else ("total",):
                command = [sys.executable, "-m", "tests.bench.bench_matching", f"--{how}", str(path)]
                codes.append(subprocess.run(command, check=False).returncode)
    return max(codes, default=0)


def find(folder: Path, name: str, made: Path) -> Path:
    for suffix in (".json", ".json.gz"):
        if (path := folder / "data" / "assignment" / f"{name}{suffix}").exists():
            return path
    tool = folder / "tools" / "make_assignment_instances.py"
    subprocess.run([sys.executable, str(tool), name], check=True, cwd=made, stdout=subprocess.DEVNULL)
    return next(made.glob(f"{name}.json*"))


def measure(path: Path, *, floor: bool) -> int:
    """Solve one file, print its line, and return 1 if a rule is broken or the best total is missed."""
    started = time.process_time()
    instance = read(path)
    solution = solve(instance, floor=floor)
    seconds = time.process_time() - started
    name = re.sub(r"\.json.*", "", path.name)
    total, _, at_floor = OPTIMA[name]
    best = at_floor if floor else total
    faults = broken_rules(instance, solution.assignments)
    print(
        LINE.format(
            name + (" floor" if floor else ""),
            f"{seconds:.1f}",
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            f"{solution.objective:,}",
            f"{solution.objective / best:.4%}" if best else "",
            "" if solution.floor is None else solution.floor,
            len(solution.unfilled),
            "proved" if solution.proved else f"at most {solution.bound:,}",
        ),
        flush=True,
    )
    for fault in faults:
        print(f"  {fault}")
    return int(bool(faults) or (best is not None and solution.objective != best))


if __name__ == "__main__":
    if sys.argv[1:2] in (["--total"], ["--floor"]):
        sys.exit(measure(Path(sys.argv[2]), floor=sys.argv[1] == "--floor"))
    sys.exit(main(sys.argv[1:]))
