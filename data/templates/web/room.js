/* A room's page keeps up with its room: told two counters, it fetches the part that changed, and never while somebody types
   an answer that is not sent. Drafts stay on this phone until they are sent. Without this script all of it works by plain forms. */
(() => {
  "use strict"
  const room = document.getElementById("room")
  const found = (what, where = document) => where.querySelector(what)
  const all = (what, where = document) => [...where.querySelectorAll(what)]
  const now = () => document.getElementById("now")
  const kept = { get: (key) => { try { return JSON.parse(localStorage.getItem(key)) } catch { return null } },
    set: (key, value) => { try { value === null ? localStorage.removeItem(key) : localStorage.setItem(key, JSON.stringify(value)) } catch { /* a browser that keeps nothing */ } } }
  if (!room) return

  /* Drafts. */
  const DRAFT = "room-draft/"
  const form = () => document.getElementById("answer")
  const keyOf = (place) => DRAFT + place
  const values = (one) => Object.fromEntries([...new FormData(one)].filter(([name]) => name !== "question" && name !== "round"))
  let dirty = false, lastPlace = "", edits = 0

  function markDirty(is) {
    dirty = is
    const said = found("[data-dirty]")
    if (said) said.hidden = !is
  }

  function restore() {
    const one = form()
    markDirty(false)
    if (now().dataset.state !== "gone") lastPlace = now().dataset.place
    if (!one) return showUnsent(kept.get(keyOf(lastPlace)))
    const draft = kept.get(keyOf(one.dataset.place))
    if (draft) {
      for (const field of one.elements) {
        if (!field.name || field.type === "hidden" || !(field.name in draft)) continue
        if (field.type === "radio") field.checked = field.value === draft[field.name]
        else field.value = draft[field.name]
      }
      markDirty(true)
    }
    remainder()
    pairs()
    if (draft) fit()
  }

  function forgetOthers() {
    const mine = now().dataset.place.split("/").slice(0, 2).join("/")
    if (!mine.includes("/")) return
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(DRAFT) && !key.startsWith(`${DRAFT}${mine}/`)) localStorage.removeItem(key)
    } catch { /* nothing kept, nothing to forget */ }
  }

  function showUnsent(draft) {
    const section = found("[data-unsent]", now())
    if (!section?.hidden || !draft) return
    const names = JSON.parse(section.dataset.names ?? "{}"), choices = JSON.parse(section.dataset.choices ?? "{}")
    const texts = Object.entries(draft).flatMap(([field, value]) => value.split("\n").filter((text) => text.trim() && (names[field] || !/^(on|over|under):/.test(field)))
      .map((text) => [names[field], field === "reason" || field === "text" ? text : choices[text] ?? text].filter(Boolean).join(": ")))
    if (!texts.length) return
    found("ul", section).replaceChildren(...texts.map((text) => { const line = document.createElement("li"); line.textContent = text; return line }))
    section.hidden = false
  }

  /* Closing shuts what is still being typed, in view below what was sent; opening again gives it back as it was. */
  function carry(typed, next) {
    const open = next.dataset.state === "open", section = found("[data-unsent]", next)
    found("fieldset", typed).disabled = !open
    if (open) {
      if (!found(".bottom", typed)) found("fieldset", typed).append(found("#answer .bottom", next))
      found("#answer", next).replaceWith(typed)
    } else { section.append(typed); section.hidden = false; found("[data-late]", next).hidden = false }
  }

  /* What is typed while an answer is under way stays under the thumb that types; what came of that answer is told above it. */
  function tellAbove(typed, next) {
    for (const one of all("[data-refusal], #answer .sent:not([data-fit])")) one.remove()
    typed.before(...all("[data-refusal]", next))
    found("fieldset", typed).prepend(...all("[data-fresh]", next))
    found("button.main", typed).textContent = found("button.main", next).textContent
  }

  function remainder() {
    const said = found(".remainder")
    if (!said) return
    const digits = (text) => [...text.trim()].map((digit) => { const thai = "๐๑๒๓๔๕๖๗๘๙".indexOf(digit); return thai < 0 ? digit : thai }).join("")
    const number = (text) => /^[0-9]{1,6}$/.test(digits(text)) ? Number(digits(text)) : 0 // what is no whole number is not counted yet
    const left = Number(said.dataset.total) - all("[data-points]").filter((field) => field.type !== "radio" || field.checked).reduce((sum, field) => sum + number(field.value), 0)
    said.textContent = left === 0 ? `✓ ${said.dataset.exactWord}` : (left > 0 ? said.dataset.leftWord : said.dataset.overWord).replace("#", Math.abs(left))
    said.className = `remainder ${left === 0 ? "exact" : left < 0 ? "over" : ""}`
  }

  /* Best and worst: both are called by their names, and neither is compared with itself. */
  function pairs() {
    const section = found("[data-pairs]")
    if (!section) return
    const chosen = { best: found("[name=best]:checked"), worst: found("[name=worst]:checked") }
    const same = chosen.best && chosen.best.value === chosen.worst?.value
    for (const name of all("[data-named]")) {
      name.dataset.usual ??= name.textContent
      name.textContent = chosen[name.dataset.named]?.dataset.name ?? name.dataset.usual
    }
    for (const item of all("[data-of]")) item.hidden = item.dataset.not.split(" ").some((end) => chosen[end]?.value === item.dataset.of)
    found("[data-same]").hidden = !same
    section.hidden = !chosen.best || !chosen.worst || same
  }

  /* Whether comparisons go together is told before they are sent, as soon as all are there; the rule for it is the server's. */
  let fitting = 0
  function fit() {
    const one = form(), said = all("[data-fit]")
    clearTimeout(fitting)
    if (!one || !said.length) return
    for (const line of said) line.hidden = true
    if (found("[data-pairs]").hidden || all("[data-of]").some((item) => !item.hidden && !found(":checked", item))) return
    const asked = new URLSearchParams([...new FormData(one), ["part", "1"], ["look", "1"]])
    const mine = fitting = setTimeout(async () => {
      try {
        const answer = await fetch(one.action, { method: "POST", body: asked })
        const told = found("[data-fit]", new DOMParser().parseFromString(await answer.text(), "text/html"))
        if (!told || mine !== fitting) return
        Object.assign(said.at(-1), { className: told.className, textContent: told.textContent, hidden: told.hidden })
      } catch { /* it is told again when it was sent */ }
    }, 400)
  }

  room.addEventListener("input", (event) => {
    if (event.target.form !== form()) return
    edits += 1
    kept.set(keyOf(form().dataset.place), values(form()))
    markDirty(true)
    remainder()
    pairs()
    fit()
    room.dispatchEvent(new CustomEvent("changed"))
  })

  room.addEventListener("submit", async (event) => {
    const one = event.target
    if (one !== form()) return
    event.preventDefault()
    const button = found("button.main", one), place = one.dataset.place, sending = edits
    if (button.disabled) return
    const sent = new URLSearchParams([...new FormData(one), ["part", "1"]])
    button.disabled = true
    found("[data-offline]", one).hidden = true
    try {
      const answer = await fetch(one.action, { method: "POST", body: sent })
      const text = await answer.text()
      if (!answer.ok && !text.includes('id="now"')) throw new Error(answer.status)
      if (answer.ok && edits === sending) kept.set(keyOf(place), null)
      swap(text, true, edits !== sending)
    } catch {
      const said = found("[data-offline]", one)
      if (said) said.hidden = false
    }
    button.disabled = false
  })

  /* What is shown, and when it is replaced. */
  function swap(text, always, more) {
    const next = new DOMParser().parseFromString(text, "text/html").getElementById("now")
    if (!next) return
    const before = now()
    const samePlace = before.dataset.place === next.dataset.place
    const busy = dirty || (form()?.contains(document.activeElement) && document.activeElement.matches("input:not([type=radio]), textarea, select"))
    const state = next.dataset.state, typed = form(), turned = before.dataset.state !== state
    if (more && typed && samePlace && !turned && state === "open") tellAbove(typed, next)
    if (!always && typed && dirty && samePlace && turned && (state === "open" || state === "closed")) {
      carry(typed, next)
      before.replaceWith(next)
      markDirty(true)
      remainder()
    } else if ((!always || more) && busy && samePlace && !turned && (state === "open" || state === "closed")) {
      found("#head").replaceWith(found("#head", next))
      before.dataset.version = next.dataset.version
      const late = found("[data-late]")
      if (late) late.hidden = !dirty || Boolean(found("[data-refusal]"))
    } else if (before.innerHTML !== next.innerHTML || !samePlace) {
      const focused = document.activeElement?.dataset?.from
      before.replaceWith(next)
      restore()
      if (!samePlace) scrollTo(0, 0)
      if (focused !== undefined) found("[data-from]")?.focus()
    } else before.dataset.version = next.dataset.version
    if (before.dataset.state !== next.dataset.state || !samePlace) document.getElementById("said")?.replaceChildren(found("[data-phase]")?.textContent ?? found("h1")?.textContent ?? "")
    if (always && !more) (found("[data-refusal]") ?? found("[data-fresh]"))?.scrollIntoView({ block: "center" })
    room.dispatchEvent(new CustomEvent("changed", { detail: { told: always, go: always && !more } })) // room_lacking.js
    count()
  }

  const screen = !room.dataset.part.startsWith("/room/here")

  let paused = false, from = "", asking = null, again = false

  async function refresh() {
    if (paused) return
    if (asking) { again = true; return }
    asking = true
    try {
      const answer = await fetch(room.dataset.part + from, { headers: { accept: "text/html" } })
      const text = await answer.text()
      if (screen && (answer.redirected || !answer.ok)) location.reload()
      else if (answer.ok || answer.status === 404) swap(text, false)
    } catch { /* the line is asked for again by itself */ }
    asking = null
    if (again) { again = false; refresh() }
  }
  const soon = () => setTimeout(refresh, screen ? 0 : Math.random() * 400)

  /* Being told. */
  let events = null, last = "", fresh = false, heard = performance.now()
  function told(said, own) {
    heard = performance.now()
    const version = said.split(".")[0], changed = said !== last && last !== ""
    last = said
    if (now().dataset.state === "gone") return
    if (own || (fresh && now().dataset.state === "waiting")) refresh() // they may have been admitted before this line was open
    else if (version !== now().dataset.version || (screen && changed)) soon()
    fresh = false
  }
  function listen() {
    if (events || document.hidden || now().dataset.state === "gone") return
    events = new EventSource(room.dataset.events)
    events.onopen = () => { fresh = true }
    events.onmessage = (message) => told(message.data, false)
    events.addEventListener("own", (message) => told(message.data, true))
    events.onerror = () => { if (events && events.readyState === EventSource.CLOSED) hush() }
  }
  function hush() { events?.close(); events = null }

  /* Where nothing is pushed, by a proxy say: ask, slowly. A line that is quiet for a minute is asked too. */
  const every = Number(room.dataset.every ?? 10_000)
  setInterval(async () => {
    if (document.hidden || paused || now().dataset.state === "gone") return
    const open = events?.readyState === EventSource.OPEN
    if (open && performance.now() - heard < 60_000) return
    try {
      const answer = await fetch(room.dataset.versionAt)
      if (answer.ok) told(await answer.text(), now().dataset.state === "waiting")
      else if (answer.status === 403) refresh()
    } catch { return }
    listen()
  }, every)
  document.addEventListener("visibilitychange", () => { if (document.hidden) hush(); else { listen(); refresh() } })
  addEventListener("online", () => { hush(); listen(); refresh() })
  addEventListener("pageshow", (event) => { if (event.persisted) { hush(); listen(); refresh() } })

  /* The clock: the server said how many seconds are left, this page only counts them down. */
  let ends = null
  function count() {
    const left = found("[data-left]")
    ends = left ? performance.now() + 1000 * Number(left.dataset.left) : null
    tick()
  }
  function tick() {
    const left = found("[data-left]")
    if (ends === null || !left) return
    const seconds = Math.max(0, Math.ceil((ends - performance.now()) / 1000))
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
    const up = found("[data-up]")
    if (up) { up.hidden = seconds > 0; left.parentElement.hidden = seconds === 0 }
  }
  setInterval(tick, 500)

  /* The screen's own buttons. */
  const pause = document.getElementById("pause")
  if (pause) {
    pause.hidden = false
    pause.addEventListener("click", () => {
      paused = !paused
      pause.setAttribute("aria-pressed", paused)
      pause.textContent = paused ? pause.dataset.resume : pause.dataset.pause
      if (!paused) refresh()
    })
    room.addEventListener("click", (event) => {
      const link = event.target.closest("[data-from]")
      if (!link) return
      event.preventDefault()
      from = `&from=${link.dataset.from}&of=${link.dataset.of}`
      refresh()
    })
  }

  if (location.search === "?sent=1") {
    if (form()) kept.set(keyOf(form().dataset.place), null)
    history.replaceState(null, "", location.pathname)
  }
  forgetOthers()
  restore()
  count()
  listen()
})()
