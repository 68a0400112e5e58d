"""Names of things for a page; a desk is a reader like any other."""

from pso_core.steps.naming import (
    amount, baht, choice_name, field_label, gap_sentence, level_name, mistake_sentence, name_of, project_name, refusal_sentence, row_name,
    shown_value, slip_reason,
)  # fmt: skip

__all__ = [
    "amount", "baht", "choice_name", "field_label", "gap_sentence", "level_name", "mistake_sentence", "name_of", "project_name", "refusal_sentence",
    "row_name", "shown_value", "slip_reason",
]  # fmt: skip
