"""A chart is built once for what it shows: pages ask again at every rerun, and Altair takes longer than all the rest."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec

import altair as alt

KEPT = 128  # specifications
_caches: list[Any] = []

Given = ParamSpec("Given")


def drawn(chart: Callable[Given, alt.Chart | alt.LayerChart | dict[str, Any]]) -> Callable[Given, dict[str, Any]]:
    """The function gives its chart's Vega-Lite specification, kept for as long as it is asked with equal values.

    The specification is shared: whoever gets it must not change it. It is not checked against the schema here
    (see the package); tests check every chart that a page draws.
    """

    @lru_cache(maxsize=KEPT)
    def built(pickled: bytes) -> dict[str, Any]:
        args, named = pickle.loads(pickled)
        made = chart(*args, **named)
        return made if isinstance(made, dict) else made.to_dict(validate=False)

    _caches.append(built)

    @wraps(chart)
    def specification(*args: Given.args, **named: Given.kwargs) -> dict[str, Any]:
        return built(pickle.dumps((args, named)))

    return specification


def forget() -> None:
    """The names in what was drawn were perhaps erased since."""
    for cache in _caches:
        cache.cache_clear()
