"""Every test has the databases: one server of each kind a session."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

pytest_plugins = ["tests.databases"]

PROCESSES = Path(__file__).parent / "loopback"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread what waits for real processes over all that computes, module by module.

    Side by side, as they are collected, workers would all wait at one time and all compute at another.
    """
    modules = [list(tests) for _, tests in groupby(items, key=lambda item: item.path)]
    waiting = [tests for tests in modules if PROCESSES in tests[0].path.parents]
    others = [tests for tests in modules if PROCESSES not in tests[0].path.parents]
    items[:] = [item for tests in _spread(waiting, others) for item in tests]


def _spread(waiting: list[list[pytest.Item]], others: list[list[pytest.Item]]) -> Iterator[list[pytest.Item]]:
    total, passed, waiting = sum(map(len, others)), 0, [*waiting]
    apart = total / max(1, len(waiting))
    due = 0.0
    for tests in others:
        while waiting and passed >= due:
            yield waiting.pop(0)
            due += apart
        yield tests
        passed += len(tests)
    yield from waiting
