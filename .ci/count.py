"""Sum what several pytest runs did: `count.py RUN.xml …`; the last line is the sum.

Exits with 1 when a run is missing, ran nothing or had a failure.
"""

import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path


def skipped(root: ElementTree.Element) -> list[str]:
    cases = root.iter("testcase")
    return [
        f"{case.get('classname')}.{case.get('name')}: {reason.get('message')}"
        for case in cases
        for reason in case.iter("skipped")
    ]


def counted(path: Path) -> Counter[str]:
    root = ElementTree.parse(path).getroot()  # noqa: S314  (pytest wrote it)
    suite = next(root.iter("testsuite"))
    number = {name: int(suite.get(name, 0)) for name in ("tests", "skipped")}
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    passed = number["tests"] - number["skipped"] - failed
    for reason in skipped(root):
        print(f"  skipped in {path.stem}: {reason}")
    return Counter(passed=passed, failed=failed, skipped=number["skipped"])


def line(counts: Counter[str]) -> str:
    return ", ".join(
        f"{counts[name]} {name}" for name in ("passed", "failed", "skipped")
    )


def main(paths: list[Path]) -> int:
    total: Counter[str] = Counter(passed=0, failed=0, skipped=0)
    complete = True
    for path in paths:
        counts = counted(path) if path.exists() else Counter()
        complete = complete and bool(counts["passed"])
        print(f"{path.stem}: {line(counts) if path.exists() else 'did not run'}")
        total.update(counts)
    print(line(total))
    return 0 if complete and not total["failed"] else 1


if __name__ == "__main__":
    sys.exit(main([Path(path) for path in sys.argv[1:]]))
