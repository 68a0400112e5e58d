"""One certificate after another: which project follows which. Each project names the one before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pso_core.domain.rows import Row

Abouts = Mapping[str, Row]  # project → its row of the kind "project"; ids of projects begin with the moment they were made


def next_cycle(abouts: Abouts, project_id: str) -> str | None:
    """The project that was begun from this one; the oldest, should a file have brought in another."""
    return min((other for other, row in abouts.items() if row["previous"] == project_id and other != project_id), default=None)


def previous_cycle(abouts: Abouts, project_id: str) -> str | None:
    """The project that this one was begun from; None too when that one is not here (a project that came as a file)."""
    previous = abouts[project_id]["previous"]
    return previous if previous in abouts and previous != project_id else None


def later_cycles(abouts: Abouts, project_id: str) -> tuple[str, ...]:
    """All that follow, the next one first. Should files have made a circle of them, it ends before it begins again."""
    return _chain(next_cycle, abouts, project_id)


def cycle_number(abouts: Abouts, project_id: str) -> int:
    """Which cycle this is, counted from those that are here: 1 for a project that was begun from none."""
    return len(_chain(previous_cycle, abouts, project_id)) + 1


def _chain(follow: Callable[[Abouts, str], str | None], abouts: Abouts, project_id: str) -> tuple[str, ...]:
    path = [project_id]
    while (other := follow(abouts, path[-1])) is not None and other not in path:
        path.append(other)
    return tuple(path[1:])
