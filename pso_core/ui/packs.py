"""Submission packs on the page: made in the background, listed, compared part by part, and checked when one is dropped in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from pso_core.documents.manifest import Verified, differing, verify
from pso_core.domain.permissions import may
from pso_core.errors import PsoError
from pso_core.press.build import let_go, saved_as
from pso_core.press.jobs import Job, press
from pso_core.store.packs import Pack
from pso_core.text.thaidate import say_moment
from pso_core.ui import show, visit
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.doing import attempted
from pso_core.ui.naming import name_of, refusal_sentence
from pso_core.ui.plain import as_html, as_label
from pso_core.web.packs import path_of

DIGITS = "packs/thai-digits"
SHOWN = 10
DIGEST = 12  # characters shown


def packs(desk: Desk) -> None:
    """Everything about packs, from making one to checking one that came back."""
    show.heading(desk.say("page_packs.title"))
    show.quiet(desk.say("page_packs.holds"))
    if may(desk.person.role, "certify"):
        _make(desk)
    _under_way(desk)
    found = desk.office.store.packs.of(desk.project_id)
    _list(desk, found)
    if len(found) > 1:
        _compare(desk, found)
    show.heading(desk.say("page_packs.check"))
    _check()


def _make(desk: Desk) -> None:
    job = press.newest(desk.project_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        thai_digits = desk.language == "th" and st.toggle(desk.say("page_certification.thai_digits"), key=DIGITS, help=desk.say("page_certification.thai_digits_help"))
        st.button(desk.say("page_packs.make"), key="packs/make", type="primary", disabled=bool(job and job.open), on_click=_start, args=(desk, thai_digits))


def _start(desk: Desk, thai_digits: bool) -> None:
    attempted(desk, lambda: press.start(desk.office, visit.actor(), desk.project_id, desk.language, thai_digits))


def _under_way(desk: Desk) -> None:
    """Asked for every second while a pack is being made; the page is drawn anew when it is done."""
    job = press.newest(desk.project_id)
    if job and job.open:
        st.fragment(_progress, run_every=1.0)(job)
    elif job and job.state in ("stopped", "failed"):
        said = refusal_sentence(desk, job.refusal) if job.refusal else desk.say(f"page_packs.{job.state}")
        st.html(f"<p class='missing' role='status'>△ {as_html(said)}</p>")


def _progress(job: Job) -> None:
    desk = open_desk()
    if not job.open:
        st.rerun()
    stopping = job.stopping.is_set()
    word = "stopping" if stopping else "waiting" if job.state == "waiting" else "making" if job.of else "beginning"
    said = desk.say(f"page_packs.{word}", done=job.done, of=job.of)
    st.progress(job.done / job.of if job.of else 0.0, text=as_label(said))
    if may(desk.person.role, "certify"):
        st.button(desk.say("page_packs.stop"), key=f"packs/stop/{job.id}", disabled=stopping, on_click=press.stop, args=(job,))


def _list(desk: Desk, found: Sequence[Pack]) -> None:
    if not found:
        show.quiet(desk.say("page_packs.none"))
    for place, pack in list(numbered(found))[:SHOWN]:
        with st.container(border=True):
            _pack(desk, place, pack)
    if len(found) > SHOWN:
        show.quiet(desk.say("page_packs.older", count=len(found) - SHOWN))


def numbered(found: Sequence[Pack]) -> Iterator[tuple[int, Pack]]:
    """Each with its number, 1 for the first that was made; `found` is all of a project, the newest first. Records of packs are never removed."""
    return ((len(found) - after, pack) for after, pack in enumerate(found))


def names_of(desk: Desk, found: Sequence[Pack]) -> dict[str, str]:
    """{pack's id: what it is called in a list to choose from}; the number tells apart those of one minute."""
    return {
        pack.id: as_label(desk.say("page_packs.one", place=place, number=pack.seq, when=say_moment(pack.made_at, desk.say)))
        for place, pack in numbered(found)
    }  # fmt: skip


def _pack(desk: Desk, place: int, pack: Pack) -> None:
    here = desk.office.store.contents.holds(pack.content)
    called = saved_as(pack, place)
    name = f"<a href='{as_html(path_of(pack.project_id, pack.id))}' download>{as_html(called)}</a>" if here else as_html(called)
    size = desk.say("page_evidence.size", megabytes=f"{max(pack.bytes / 2**20, 0.01):,.2f}")
    facts = {"place": place, "who": desk.person_name(pack.person_id), "when": say_moment(pack.made_at, desk.say), "number": pack.seq, "digest": pack.digest[:DIGEST], "files": len(pack.files)}
    st.html(f"<p class='row'>{name} <span class='quiet'>{as_html(size)}</span></p><p class='quiet detail'>{as_html(desk.say('page_packs.made', **facts))}</p>")
    if pack.seq < desk.state.seq:
        show.quiet(desk.say("page_packs.changed_since", count=desk.state.seq - pack.seq))
    if not here:
        show.quiet(desk.say("page_packs.gone"))
    elif may(desk.person.role, "certify"):
        st.button(desk.say("page_packs.let_go"), key=f"packs/let-go/{pack.id}", help=desk.say("page_packs.let_go_help"), on_click=_let_go, args=(desk, pack))


def _let_go(desk: Desk, pack: Pack) -> None:
    attempted(desk, lambda: let_go(desk.office, visit.actor(), pack.project_id, pack.id))


def _compare(desk: Desk, found: Sequence[Pack]) -> None:
    """Two packs part by part: which parts say something else, which files came, went or changed."""
    with st.expander(desk.say("page_packs.compare"), key="packs/compare", on_change="rerun") as opened:
        if not opened.open:
            return
        by_id = {pack.id: pack for pack in found}
        names = names_of(desk, found)
        ids = list(by_id)
        earlier = by_id[st.selectbox(desk.say("page_packs.earlier"), ids, index=1, format_func=names.get, key="packs/earlier", placeholder=desk.say("app.choose"))]
        later = by_id[st.selectbox(desk.say("page_packs.later"), ids, index=0, format_func=names.get, key="packs/later", placeholder=desk.say("app.choose"))]
        _differences(desk, earlier, later)


def _differences(desk: Desk, earlier: Pack, later: Pack) -> None:
    parts = differing(earlier.parts, later.parts)
    named = tuple(_parts(desk, keys) for keys in parts)
    files = differing(earlier.files, later.files)
    if earlier.digest == later.digest:
        show.quiet(desk.say("page_packs.same"))
        return
    for title, groups in (("parts", named), ("files", files)):
        st.html(f"<h4>{as_html(desk.say(f'page_packs.{title}'))}</h4>{_groups(desk, groups)}")


def _parts(desk: Desk, keys: Sequence[str]) -> tuple[str, ...]:
    """As the report heads them, in its order."""
    checklist = enumerate(desk.standard.choices("checklist"), 1)
    return tuple(desk.say("documents.part", number=number, name=name_of(desk, "checklist", key)) for number, key in checklist if key in keys)


def _groups(desk: Desk, groups: Sequence[Sequence[str]]) -> str:
    words = ("changed", "added", "lost")
    lines = [f"<li>{as_html(desk.say(f'page_packs.{word}', name=name))}</li>" for word, names in zip(words, groups, strict=True) for name in names]
    return f"<ul>{''.join(lines)}</ul>" if lines else f"<p class='quiet'>{as_html(desk.say('page_packs.nothing_differs'))}</p>"


@st.fragment
def _check() -> None:
    """A pack from anywhere, dropped in; nothing of it is kept."""
    desk = open_desk()
    dropped = st.file_uploader(desk.say("page_packs.drop", most=st.get_option("server.maxUploadSize")), type="zip", key="packs/check")
    if dropped is None:
        return
    try:
        _verified(desk, verify(dropped))
    except PsoError as refusal:
        st.error(as_label(refusal_sentence(desk, refusal)))


def _verified(desk: Desk, found: Verified) -> None:
    """Green only for a pack that this office made: in any other the list may have been changed together with its files."""
    pack, whole = desk.office.store.packs.with_digest(found.digest), desk.say("page_packs.whole", files=found.files)
    if found.whole and pack is None:
        st.warning(as_label(f"{whole} {desk.say('page_packs.unknown', digest=found.digest[:DIGEST])}"))
        _printed(desk, found)
        return
    if found.whole:
        st.success(as_label(whole))
    else:
        st.error(as_label(desk.say("page_packs.broken")))
        _broken(desk, found)
    show.quiet(_known(desk, found, pack))
    if found.whole:
        _printed(desk, found)


def _printed(desk: Desk, found: Verified) -> None:
    """The code on the paper is another one: whoever holds both must not think the pack forged."""
    if found.printed:
        show.quiet(desk.say("page_packs.data", digest=found.printed[:DIGEST]))


def _broken(desk: Desk, found: Verified) -> None:
    if not found.as_listed:
        st.html(_groups(desk, (found.changed, found.added, found.lost)))
    if found.stray:
        st.html(f"<ul><li>{as_html(desk.say('page_packs.stray', bytes=f'{found.stray:,}'))}</li></ul>")


def _known(desk: Desk, found: Verified, pack: Pack | None) -> str:
    """Whether this office made it. Of a broken pack only the list is ours."""
    digest = found.digest[:DIGEST]
    if pack is None:
        return desk.say("page_packs.list_unknown", digest=digest)
    facts = {"who": desk.person_name(pack.person_id), "when": say_moment(pack.made_at, desk.say), "digest": digest, "title": str(found.about.get("title", ""))}
    return desk.say("page_packs.known" if found.whole else "page_packs.list_known", **facts)
