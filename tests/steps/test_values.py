"""What a refused number or date is told to be typed like can be read."""

from __future__ import annotations

import pytest

from pso_core.steps import KINDS
from pso_core.steps.values import Unreadable, read_value
from pso_core.text.phrases import phrases

# What is refused where, and what its sentence gives as an example in each language
ADVICE = {
    "not_a_number": ("score", "level", "สาม", {"th": ["3", "๓"], "en": ["3", "๓"]}),
    "not_whole": ("score", "level", "2.5", {"th": ["3", "๓"], "en": ["3", "๓"]}),
    "date_impossible": ("vision", "adopted_on", "31 ก.พ. 2569", {"th": ["9 ต.ค. 2544"], "en": ["9 Oct 2001"]}),
}


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("code", ADVICE)
def test_the_sentence_of_an_unreadable_value_tells_what_to_type_and_that_is_read(code, language):
    kind, name, typed, examples = ADVICE[code]
    field = KINDS[kind].field[name]
    with pytest.raises(Unreadable) as refused:
        read_value(field, typed)
    sentence = phrases(language)(f"mistakes.{code}", **refused.value.facts)
    assert (refused.value.code, [one for one in examples[language] if one not in sentence.replace(typed, "")]) == (code, [])
    assert all(read_value(field, one) is not None for one in examples[language])


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_number_of_as_many_digits_as_the_sentence_allows_is_read(language):
    field, most = KINDS["activity"].field["budget"], "15"
    with pytest.raises(Unreadable, match="too_large") as refused:
        read_value(field, "9" * 17)
    assert most in phrases(language)("mistakes.too_large", **refused.value.facts)
    assert read_value(field, "9" * int(most)) == 10 ** int(most) - 1
