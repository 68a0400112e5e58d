const FIELD = "textarea, input:not([type=checkbox], [type=radio], [type=file])"
const OPEN = "[role=dialog], [data-testid=stPopoverBody]"
const RUNNING = "[data-testid=stApp]:not([data-test-script-state=notRunning])"
const SOON = 250 // milliseconds: several changes within a moment are one look
const STILL = 2_000 // in which nobody touched the page
const PRESSED = 500 // in which the server takes up what a button asked for
const ASIDE = 20_000 // after which a tab that nobody sees lets its line go: a browser has six of them for all its tabs
const AGAIN = 5_000 // after which what nothing answered is said once more
const LEFT = 400 // after which a field that was left is left for good
const live = new WeakMap()

// Hears the number of the page and asks for it slowly while it hears nothing; tells in which field something is typed.
const begin = ({ events, asked, slowly, calm }) => {
  const s = { events, number: 0, last: 0, typing: "", fire: () => {} }
  let line = null, heard = false, touched = 0, pressed = 0, typing = "", soon = 0, aside = 0, left = 0, waits = 0, again = 0
  const untouched = () => !document.activeElement?.matches?.(FIELD) && !document.querySelector(OPEN) && Date.now() - touched > STILL
  // What is sent while the page is drawn anew carries fields that are no more.
  const undisturbed = (act) => {
    clearTimeout(waits)
    if (document.querySelector(RUNNING) || Date.now() - pressed < PRESSED) waits = setTimeout(() => undisturbed(act), SOON)
    else act()
  }
  const report = () => {
    if (typing !== s.typing) s.fire("typing", s.typing = typing)
    if (Number(s.last) <= s.number) return
    s.fire("changed", untouched() ? calm : "touched")
    clearTimeout(again)
    again = setTimeout(() => undisturbed(report), AGAIN)
  }
  const told = (said) => {
    s.last = said
    if (Number(said) <= s.number) return
    clearTimeout(soon)
    soon = setTimeout(() => undisturbed(report), SOON)
  }
  const listen = () => {
    if (line && line.readyState !== EventSource.CLOSED) return
    line = new EventSource(events)
    line.onmessage = ({ data }) => { heard = true; told(data) }
    line.onerror = () => { heard = false }
  }
  const deafen = () => { line?.close(); line = null; heard = false }
  const ask = async () => {
    if (heard) return
    const answer = await fetch(asked, { cache: "no-store" }).catch(() => null)
    if (answer?.ok) told(await answer.text())
  }
  const slow = setInterval(ask, slowly)
  const seen = () => {
    clearTimeout(aside)
    if (document.hidden) aside = setTimeout(() => { deafen(); ask() }, ASIDE)
    else listen()
  }
  const touch = () => { touched = Date.now() }
  const input = ({ target }) => {
    touch()
    if (!target.matches?.(FIELD) || target.matches("[role=combobox]")) return
    clearTimeout(left)
    const marked = /st-key-\S+/.exec(target.closest(".stElementContainer")?.className)?.[0] ?? ""
    typing = marked
    if (typing !== s.typing) undisturbed(report)
  }
  const leave = () => {
    if (!typing) return
    clearTimeout(left)
    left = setTimeout(() => { typing = ""; undisturbed(report) }, LEFT)
  }
  const press = () => { pressed = Date.now(); touch() }
  const hearing = { visibilitychange: seen, keydown: touch, pointerdown: press, input, focusout: leave }
  for (const [name, act] of Object.entries(hearing)) document.addEventListener(name, act, true)
  listen()
  s.end = () => {
    deafen()
    clearInterval(slow)
    for (const one of [soon, aside, left, waits, again]) clearTimeout(one)
    for (const [name, act] of Object.entries(hearing)) document.removeEventListener(name, act, true)
  }
  return s
}

export default function ({ data, parentElement, setTriggerValue }) {
  let s = live.get(parentElement)
  if (s?.events !== data.events) {
    s?.end()
    s = begin(data)
    live.set(parentElement, s)
  }
  s.fire = setTriggerValue
  s.number = data.number
  return () => {
    s.end()
    live.delete(parentElement)
  }
}
