"""Monday morning: where the project stands, what is late or soon due, what slipped and why, who waits for whom."""

from __future__ import annotations

from pso_core.ui import monday
from pso_core.ui.desk import open_desk

desk = open_desk()
found = monday.monday_of(desk)
monday.head(found)
monday.parts(found)
monday.foot(found)
