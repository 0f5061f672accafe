"""Runs the steps named, or all, prints one table of what came of them, and ends with a plain line of the tests counted.

A step that fails without a failed test (lint, say) counts as one failed, so that the closing line never says 0 failed of a run that did.
"""

from __future__ import annotations

import sys

from tests.runner.steps import STEPS, Outcome, Step


def main(names: list[str]) -> int:
    known = [step.name for step in STEPS]
    if unknown := [name for name in names if name not in known]:
        print(f"There is no step {', '.join(unknown)}; there are: {', '.join(known)}.", file=sys.stderr)
        return 2
    results = [(step, _run(step)) for step in STEPS if step.name in (names or known)]
    _print_table(results)
    for step, outcome in results:
        for trouble in outcome.troubles:
            print(f"{step.title}: {trouble}")
    passed = sum(outcome.passed for _, outcome in results)
    failed = sum(outcome.failed or not outcome.ok for _, outcome in results)
    print(f"\n{passed} passed, {failed} failed")
    return 1 if failed else 0


def _run(step: Step) -> Outcome:
    print(f"\n== {step.title} ==", flush=True)
    outcome = step.timed()
    print(f"== {step.title}: {_verdict(outcome)}, {outcome.seconds:.1f} s ==", flush=True)
    return outcome


def _print_table(results: list[tuple[Step, Outcome]]) -> None:
    print(f"\n{'step':<26}{'verdict':<10}{'passed':>8}{'failed':>8}{'seconds':>10}")
    for step, outcome in results:
        counts = f"{outcome.passed:>8}{outcome.failed:>8}" if outcome.passed or outcome.failed else " " * 16
        print(f"{step.title:<26}{_verdict(outcome):<10}{counts}{outcome.seconds:>10.1f}")
    print(f"{'all':<52}{sum(outcome.seconds for _, outcome in results):>10.1f}\n")


def _verdict(outcome: Outcome) -> str:
    return "ok" if outcome.ok else "FAILED"


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("stopped")
