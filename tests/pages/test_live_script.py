"""What the listening part of a page tells may arrive when its page was left already."""

from __future__ import annotations

from pso_core.ui import live_script


def test_what_is_told_once_the_part_is_gone_is_nobodys(monkeypatch):
    given, typed = {}, []
    monkeypatch.setattr(live_script, "_component", lambda **more: given.update(more))
    live_script.listen("p", "plan", "v", 1, 20.0, typed.append)
    given["on_typing_change"]()
    assert typed == []
