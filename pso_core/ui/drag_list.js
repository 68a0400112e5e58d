// A list put in order by dragging, by ▲▼ or by the arrow keys. The order is sent as soon as it changes;
// while an answer is awaited the newest order waits too, so that quick taps neither overtake nor lose each other.
const lists = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  if (!data?.items) return // while the page is drawn anew Streamlit may call without the data of this place
  const list = lists.get(parentElement) ?? begin(parentElement)
  list.fire = setTriggerValue
  list.words = data.words
  list.data = data
  if (!list.dragging) receive(list) // else when the line is let go
}

const AGAIN = 5_000 // milliseconds
// The same number again while nothing answers it: the page takes up each number once.
const send = (list) => {
  list.fire("order", { list: list.id, number: list.number, order: list.sent })
  clearTimeout(list.again)
  list.again = setTimeout(() => list.root.isConnected && list.waiting && send(list), AGAIN)
}
const isAnswered = ({ id, number, data }) => data.list === id && data.number === number

function receive(list) {
  list.received = list.data
  if (list.waiting && !isAnswered(list)) return send(list) // drawn without an answer
  const next = list.waiting && list.data.accepted ? list.next : null
  Object.assign(list, { waiting: false, next: null })
  draw(list, list.data.items)
  if (next) {
    const place = (line) => next.indexOf(line.dataset.id)
    put(list, [...list.root.children].sort((one, other) => place(one) - place(other)))
    settled(list)
  }
  list.root.ariaBusy = list.waiting
}

function begin(parentElement) {
  const root = parentElement.querySelector("ol")
  const list = { root, spoken: parentElement.querySelector("[role=status]"), id: Math.random().toString(36).slice(2), number: 0, waiting: false, next: null, dragging: false }
  root.onpointerdown = (event) => drag(list, event)
  root.onkeydown = (event) => key(list, event)
  root.onclick = (event) => tap(list, event)
  lists.set(parentElement, list)
  return list
}

function draw(list, items) {
  const known = new Map([...list.root.children].map((line) => [line.dataset.id, line]))
  const lines = items.map((item) => fill(list, known.get(item.id) ?? row(item.id), item))
  for (const line of list.root.children) if (!lines.includes(line)) line.remove()
  put(list, lines)
  ends(list)
}

function put(list, lines) {
  const focused = list.root.getRootNode().activeElement
  const held = focused && lines.find((line) => line.contains(focused))
  if (held) arrange(held, lines)
  else list.root.replaceChildren(...lines)
}

// Puts the others around a line and never the line itself: it would lose the focus or the pointer that holds it.
function arrange(line, lines) {
  const place = lines.indexOf(line)
  line.before(...lines.slice(0, place))
  line.after(...lines.slice(place + 1))
}

function row(id) {
  const line = document.createElement("li")
  line.dataset.id = id
  const part = (kind, set) => Object.assign(document.createElement(kind), set)
  const button = (does, sign) => {
    const made = part("button", { type: "button", textContent: sign })
    made.dataset.does = does
    return made
  }
  line.append(button("handle", "⠿"), part("span", { className: "text" }), part("span", { className: "note" }), button("up", "▲"), button("down", "▼"))
  return line
}

function fill(list, line, item) {
  line.querySelector(".text").textContent = item.text
  line.querySelector(".note").textContent = item.note
  for (const button of line.querySelectorAll("button")) button.ariaLabel = list.words[button.dataset.does].replace("{name}", () => item.text)
  return line
}

function ends(list) {
  // aria-disabled and not disabled: a button must not lose the focus it is pressed with
  const rows = [...list.root.children]
  rows.forEach((line, place) => {
    line.querySelector("[data-does=up]").ariaDisabled = place === 0
    line.querySelector("[data-does=down]").ariaDisabled = place === rows.length - 1
  })
}

function order(list) {
  return [...list.root.children].map((line) => line.dataset.id)
}

function settled(list, line) {
  ends(list)
  if (line) {
    const place = order(list).indexOf(line.dataset.id) + 1
    const name = line.querySelector(".text").textContent
    const facts = { name, place, count: list.root.children.length }
    list.spoken.textContent = list.words.moved.replace(/\{(\w+)\}/g, (_, fact) => facts[fact])
  }
  if (list.waiting) {
    list.next = order(list)
    return
  }
  Object.assign(list, { waiting: true, number: list.number + 1, sent: order(list) })
  list.root.ariaBusy = true
  send(list)
}

function move(list, line, to) {
  const rows = [...list.root.children]
  const from = rows.indexOf(line)
  const place = Math.max(0, Math.min(rows.length - 1, to))
  if (place === from) return
  rows.splice(from, 1)
  rows.splice(place, 0, line)
  arrange(line, rows)
  line.scrollIntoView({ block: "nearest" })
  settled(list, line)
}

function tap(list, event) {
  const does = event.target.dataset.does
  if (does !== "up" && does !== "down") return
  const line = event.target.closest("li")
  move(list, line, [...list.root.children].indexOf(line) + (does === "up" ? -1 : 1))
}

function key(list, event) {
  if (event.target.dataset.does !== "handle") return
  const line = event.target.closest("li")
  const place = [...list.root.children].indexOf(line)
  const to = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: Infinity }[event.key]
  if (to === undefined) return
  event.preventDefault()
  move(list, line, to)
}

function drag(list, event) {
  if (event.target.dataset.does !== "handle" || event.button !== 0) return
  const handle = event.target
  const line = handle.closest("li")
  const before = [...list.root.children]
  const frame = scroller(list.root.getRootNode().host)
  let y = event.clientY
  list.dragging = true
  handle.setPointerCapture(event.pointerId)
  line.classList.add("dragged")
  const follow = () => {
    if (!list.dragging) return
    const { top, bottom } = frame.getBoundingClientRect()
    if (y < top + 120) frame.scrollBy(0, -8)
    if (y > bottom - 80) frame.scrollBy(0, 8)
    const others = [...list.root.children].filter((one) => one !== line)
    const below = others.find((one) => y < one.getBoundingClientRect().top + one.offsetHeight / 2)
    const place = below ? others.indexOf(below) : others.length
    if (line.nextElementSibling !== (below ?? null)) arrange(line, [...others.slice(0, place), line, ...others.slice(place)])
    requestAnimationFrame(follow)
  }
  const end = (kept) => {
    list.dragging = false
    line.classList.remove("dragged")
    handle.onpointermove = handle.onpointerup = handle.onpointercancel = null
    if (!kept) arrange(line, before)
    const moved = before.some((one, place) => one !== list.root.children[place])
    if (moved) settled(list, line)
    if (list.received !== list.data && (!moved || isAnswered(list))) receive(list)
  }
  handle.onpointermove = (moved) => { y = moved.clientY }
  handle.onpointerup = () => end(true)
  handle.onpointercancel = () => end(false)
  requestAnimationFrame(follow)
}

function scroller(host) {
  for (let one = host; one; one = one.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight) return one
  }
  return document.scrollingElement
}
