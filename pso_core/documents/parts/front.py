"""The cover, the letter that hands the report in with the memo that brings it to the head, and the contents."""

from __future__ import annotations

from collections.abc import Iterator

from pso_core.documents.blocks import Block, Contents, Cover, Facts, Finding, Heading, Lines, Paragraph, Remark, Signature
from pso_core.documents.case import Case
from pso_core.documents.records import shown
from pso_core.steps.naming import field_label
from pso_core.text.thaidate import say_date


def cover(case: Case) -> Iterator[Block]:
    say, standard = case.say, case.standard
    lines = (case.field("project", "title"), case.agency_name, case.field("agency", "province"))
    facts = (
        (field_label(case, "project", "standard"), f"{standard.code} {standard.name[case.language]}"),
        (say("documents.cover.made_on"), say_date(case.review.today, say, "long")),
        (say("documents.cover.change"), say("documents.cover.change_number", number=case.state.seq)),
        (say("documents.cover.digest"), case.digest),
    )
    yield Cover(say("documents.title", standard=standard.code), tuple(line for line in lines if line), facts)
    if case.field("project", "example"):
        yield Remark(say("documents.cover.example"))


def cover_letter(case: Case) -> Iterator[Block]:
    """A draft: the records clerk gives the number and the date, unless the request has them already.

    To whom it goes is left blank: officials write to the head of an office by their title, which no source gives. Nor does it
    refer to an earlier letter, as nothing tells of one.
    """
    say, standard, request = case.say, case.standard, case.state.only("request")
    clause = (request and request["clause"]) or standard.clause
    blank, agency = say("documents.letter.blank"), case.field("agency", "name") or say("documents.letter.blank")
    yield Remark(say("documents.letter.draft", owner=standard.owner[case.language]))
    yield Lines(
        (
            (say("documents.letter.number"), (request and request["letter_no"]) or blank),
            (say("documents.letter.sender"), agency),
            (say("documents.letter.address"), case.field("agency", "address") or " ".join((blank, case.field("agency", "province") or "")).strip()),
            (say("documents.letter.date"), _date(case)),
            (say("documents.letter.subject"), say("documents.letter.subject_text", standard=standard.code)),
            (say("documents.letter.to"), blank),
            (say("documents.letter.encloses"), say("documents.title", standard=standard.code)),
        )
    )
    names = {"agency": agency, "standard": standard.code, "name": standard.name[case.language]}
    yield Paragraph(_cause(case, names))
    yield Paragraph(say("documents.letter.purpose", **names, regulation=standard.regulation[case.language], clause=clause))
    yield Paragraph(say("documents.letter.closing"))
    yield Signature((say("documents.letter.regards"), say("documents.letter.name_line"), say("documents.letter.position_line")))
    yield Lines(((say("documents.letter.in_charge"), blank), (say("documents.letter.telephone"), case.field("agency", "telephone") or blank)))
    yield from _request(case)
    yield from _memo(case, {**names, "owner": standard.owner[case.language], "clause": clause})


def contents(case: Case) -> Iterator[Block]:
    yield Contents()


def _memo(case: Case, facts: dict[str, object]) -> Iterator[Block]:
    """Within the agency, so that the head signs the letter; its own number and date are the records clerk's too."""
    say, blank = case.say, case.say("documents.letter.blank")
    yield Heading(say("documents.memo.title"), 2, new_page=True)
    yield Lines(
        (
            (say("documents.memo.from"), facts["agency"]),
            (say("documents.letter.number"), blank),
            (say("documents.letter.date"), blank),
            (say("documents.letter.subject"), say("documents.memo.subject_text", **facts)),
            (say("documents.letter.to"), say("documents.memo.to_text")),
        )
    )
    yield Paragraph(_done_and_missing(case, facts))
    yield Paragraph(say("documents.memo.closing"))
    yield Signature(("", say("documents.letter.name_line"), say("documents.letter.position_line")))


def _done_and_missing(case: Case, facts: dict[str, object]) -> str:
    """The head signs for what is there: that all nine steps are complete is said only when they are."""
    found = case.standings
    steps, missing = [one for one in found if one.step.number], sum(len(one.gaps) for one in found)
    complete = sum(one.state == "complete" for one in steps)
    if complete == len(steps) and not missing:
        return case.say("documents.memo.cause", **facts)
    return case.say("documents.memo.cause_missing", **facts, complete=complete, steps=len(steps), missing=missing)


def _date(case: Case) -> str:
    given = case.field("request", "letter_date")
    return say_date(given, case.say, "long") if given else case.say("documents.letter.blank")


def _cause(case: Case, names: dict[str, str]) -> str:
    signed, others = case.field("agency", "agreement_date"), case.field("agency", "co_signing_agencies")
    if not signed:
        return case.say("documents.letter.cause", **names)
    date = say_date(signed, case.say, "long")
    if not others:
        return case.say("documents.letter.cause_signed", **names, date=date)
    return case.say("documents.letter.cause_signed_with_others", **names, date=date, count=others)


def _request(case: Case) -> Iterator[Block]:
    request = case.state.only("request")
    if not request or not request["sent_on"]:
        yield Remark(case.say("gaps.no_request"))
        return
    yield Finding(case.say("documents.letter.sent", date=say_date(request["sent_on"], case.say, "long")))
    if request["open_reason"]:
        yield Facts(((field_label(case, "request", "open_reason"), shown(case, request, "open_reason")),))
