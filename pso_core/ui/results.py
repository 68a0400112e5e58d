"""What a round's scores come to: the total with its working, the distance to the targets, another round beside it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pandas as pd
import streamlit as st

from pso_core.charts.gaps import gaps_chart
from pso_core.domain.rows import Row
from pso_core.domain.scoring import Comparison, CriterionScore, Score, compare, improvement_order
from pso_core.ui import show
from pso_core.ui.desk import Desk
from pso_core.ui.naming import amount, name_of
from pso_core.ui.plain import as_html, as_label


def summary(desk: Desk, score: Score) -> None:
    """Now and target out of the maximum, per cent, mean level; what the total leaves out; its working."""
    applicable = [c for c in score.criteria if c.applicable]
    if applicable and not score.started:
        if len(applicable) < len(score.criteria):
            left_out(desk, score)
        return
    show.heading(desk.say("page_assessment.result"))
    if score.total is None:
        show.quiet(desk.say("page_assessment.no_weights" if applicable else "page_assessment.all_excused"))
        return
    show.figures([
        (desk.say("page_assessment.total"), amount(score.total, desk), amount(score.maximum, desk)),
        (desk.say("page_assessment.target_total"), amount(score.target_total, desk), amount(score.maximum, desk)),
        (desk.say("page_assessment.percent"), amount(score.percent, desk), ""),
        (desk.say("page_assessment.mean_level"), amount(score.mean_level, desk), score.top_level),
    ])  # fmt: skip
    left_out(desk, score)
    working(desk, score)


def left_out(desk: Desk, score: Score) -> None:
    """The criteria that are not in the total yet, and those that do not apply."""
    waiting = [c for c in score.criteria if c.applicable and not c.scored]
    if waiting:
        sentence = desk.say("page_assessment.provisional", count=len(waiting), names=_names(desk, waiting))
        st.html(f"<p class='missing'>△ {as_html(sentence)}</p>")
    excused = [c for c in score.criteria if not c.applicable]
    if excused:
        whole = amount(desk.standard.maximum, desk)
        show.quiet(desk.say("page_assessment.not_counted", names=", ".join(name_of(desk, "criteria", c.criterion) for c in excused), maximum=amount(score.maximum, desk), whole=whole))


def working(desk: Desk, score: Score) -> None:
    """Weight × level = weighted, line by line."""
    with st.expander(desk.say("page_assessment.working"), key="working"):
        head = [desk.say(f"page_assessment.column_{name}") for name in ("criterion", "weight", "level", "weighted", "target", "gap")]
        total = [desk.say("page_assessment.sum"), amount(score.weight, desk), "", amount(score.total, desk), "", ""]
        show.table(head, [_line(desk, c) for c in score.criteria], numbers=(1, 2, 3, 4, 5), total=total)


def _line(desk: Desk, c: CriterionScore) -> list[str]:
    sum_ = f"{amount(c.weight, desk)} × {amount(c.level, desk)} = {amount(c.weighted, desk)}" if c.scored else amount(None, desk)
    return [name_of(desk, "criteria", c.criterion), amount(c.weight, desk), _level(desk, c), sum_, amount(c.target, desk), amount(c.gap, desk)]


def _level(desk: Desk, c: CriterionScore) -> str:
    """Its level, or why it has none."""
    return amount(c.level, desk) if c.scored else desk.say("page_assessment.unscored" if c.applicable else "page_assessment.not_applicable")


def gaps(desk: Desk, score: Score, planned: Score | None = None) -> None:
    """Each criterion from where it stands to its target, the widest gap first."""
    counted = [c for c in score.criteria if c.applicable and c.weight]
    if not counted:
        return
    order = sorted(counted, key=lambda c: (c.gap is None, -(c.gap or 0), -c.weight))
    rows = [_bar(desk, c, score.top_level, planned) for c in order]
    keys = [desk.say("page_assessment.mark_now"), *([desk.say("page_assessment.mark_planned")] if planned else []), desk.say("page_assessment.mark_target")]
    head = [desk.say("page_assessment.column_criterion"), *keys]
    table = [[row["name"], amount(row["now"], desk), *([amount(row["planned"], desk)] if planned else []), amount(row["target"], desk)] for row in rows]
    numbers = tuple(range(1, len(head)))
    chart = gaps_chart(pd.DataFrame(rows).astype({"now": float, "planned": float, "target": float, "full": float}), show.is_dark())
    show.picture(desk, _finding(desk, score), chart, head, table, key="gaps", numbers=numbers, marks=" \u2003 ".join(keys))


def _bar(desk: Desk, c: CriterionScore, top_level: int, planned: Score | None) -> dict:
    now, target, full = (c.weighted if c.scored else None), (c.weight * c.target if c.target is not None else None), c.weight * top_level
    after = planned.of(c.criterion) if planned else None
    code = "reached" if c.gap is not None and c.gap <= 0 else "both" if c.gap is not None else "now" if c.scored else "target" if target is not None else "empty"
    said = {"now": now, "target": target, "full": full}
    label = desk.say(f"page_assessment.bar_{code}", **{name: amount(value, desk) for name, value in said.items()})
    return {"name": desk.standard.criterion(c.criterion).short[desk.language], "label": label, **said, "planned": after.weighted if after and after.scored else None}


def _finding(desk: Desk, score: Score) -> str:
    below = improvement_order(score)
    if below:
        return desk.say("page_assessment.finding", name=name_of(desk, "criteria", below[0].criterion), gap=amount(below[0].gap, desk))
    return desk.say("page_assessment.all_reached" if any(c.gap is not None for c in score.criteria) else "page_assessment.no_targets")


def comparison(desk: Desk, round_: Row, score: Score) -> None:
    """This round beside another: each criterion before and after, and the totals."""
    others = [row.id for row in desk.state.of("round") if row.id != round_.id]
    if not others:
        return
    show.heading(desk.say("page_assessment.compare"))
    label = desk.say("page_assessment.compare_with", name=round_["name"])
    chosen = st.selectbox(as_label(label), others, index=len(others) - 1, format_func=lambda id_: desk.state.get(id_)["name"], key=f"compare/{round_.id}", placeholder=desk.say("app.choose"))
    earlier, later = sorted([desk.state.get(chosen), round_], key=lambda row: (row["position"] or 0, row["opened_on"]))
    scores = {row.id: score if row.id == round_.id else desk.review.score_of(row) for row in (earlier, later)}
    before, after = scores[earlier.id], scores[later.id]
    found = compare(before, after)
    st.html(f"<p class='finding'>{as_html(_total_sentence(desk, before, after, found))}</p>")
    head = [desk.say("page_assessment.column_criterion"), earlier["name"], later["name"], desk.say("page_assessment.column_change")]
    lines = [[name_of(desk, "criteria", c.criterion), *(_level(desk, score.of(c.criterion)) for score in (before, after)), signed(c.change, desk)] for c in found.criteria]
    total_change, percent_change = (None, None) if found.provisional else (found.total_change, found.percent_change)
    lines.append([desk.say("page_assessment.percent_row"), amount(before.percent, desk), amount(after.percent, desk), signed(percent_change, desk)])
    total = [desk.say("page_assessment.total_row"), amount(before.total, desk), amount(after.total, desk), signed(total_change, desk)]
    show.table(head, lines, numbers=(1, 2, 3), total=total)


def _total_sentence(desk: Desk, before: Score, after: Score, found: Comparison) -> str:
    if found.provisional or before.total is None or after.total is None:
        return desk.say("page_assessment.not_comparable")
    if found.total_change is None:
        return desk.say("page_assessment.other_maximum", before=amount(before.percent, desk), after=amount(after.percent, desk))
    key = "rose" if found.total_change > 0 else "fell" if found.total_change < 0 else "same"
    facts = {"change": amount(abs(found.total_change), desk), "before": amount(before.total, desk), "after": amount(after.total, desk)}
    return desk.say(f"page_assessment.{key}", **facts)


def signed(value: Fraction | None, desk: Desk) -> str:
    """A change with its sign; a dash for none."""
    return amount(value, desk) if value is None or value <= 0 else f"+{amount(value, desk)}"


def _names(desk: Desk, criteria: Iterable[CriterionScore]) -> str:
    return ", ".join(desk.standard.criterion(c.criterion).short[desk.language] for c in criteria)
