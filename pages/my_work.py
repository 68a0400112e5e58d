"""My work: the one next thing, all that I owe and by when, what waits for me, and to the head what is long overdue; below it my reminders and handing over."""

from __future__ import annotations

from pso_core.ui import my_work, reminders, transfer
from pso_core.ui.desk import open_desk

desk = open_desk()
work = my_work.work_of(desk)
my_work.head(desk, work)
my_work.decides(desk, work)
my_work.owes(desk, work)
my_work.escalated(desk)
transfer.hand_over(desk, desk.person)
reminders.own_reminders(desk)
