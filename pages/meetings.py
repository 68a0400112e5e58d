"""Workshops: rooms in which everybody answers at once, and what the meetings decided."""

from __future__ import annotations

from pso_core.ui import workshops
from pso_core.ui.frame import step_page

with step_page("meetings", in_place=workshops.IN_PLACE) as desk:
    workshops.rooms(desk)
