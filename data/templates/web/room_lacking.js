/* What an answer still lacks: counted while somebody answers, and once one was refused for it, marked until it is there, and gone to.
   room.js tells when something changed. Without this script the server marks it and a link leads there. */
(() => {
  "use strict"
  const room = document.getElementById("room")
  if (!room) return
  const form = () => document.getElementById("answer")
  const marks = () => [...form()?.querySelectorAll("[data-asks]") ?? []]
  const groupOf = (mark) => mark.closest("fieldset, .line")
  const controlsOf = (mark) => [...form().elements].filter((one) => one.name === mark.dataset.asks)
  const answered = (mark) => controlsOf(mark).some((one) => one.type === "radio" ? one.checked : one.value !== "")
  const asked = () => marks().filter((mark) => !groupOf(mark).closest("[hidden]"))
  const link = () => document.querySelector("[data-first]")

  function count(done, all) {
    const said = form()?.querySelector("[data-said]")
    if (!said) return
    const text = `${done === all ? "✓ " : ""}${said.dataset.said.replace("##", all).replace("#", done)}`
    if (said.textContent !== text) said.textContent = text
    said.classList.toggle("exact", done === all)
    said.hidden = false
  }

  /* A mark that was made goes when its question is answered and leaves its place empty, so that nothing moves under a thumb. */
  function look(told) {
    const all = asked(), open = all.filter((mark) => !answered(mark))
    count(all.length - open.length, all.length)
    for (const mark of marks()) {
      const lacks = Boolean(link()) && open.includes(mark) && (told || !mark.hidden)
      if (lacks) mark.textContent = [mark.dataset.about, form().dataset.lacksWord].filter(Boolean).join(": ")
      mark.hidden = !link() || (mark.hidden && !lacks)
      mark.classList.toggle("past", !lacks)
      for (const one of controlsOf(mark)) lacks ? one.setAttribute("aria-invalid", "true") : one.removeAttribute("aria-invalid")
    }
    for (const mark of marks()) groupOf(mark).toggleAttribute("data-lacks", Boolean(groupOf(mark).querySelector(".lacks:not(.past)")))
    link()?.classList.toggle("past", !open.length)
  }

  function go() {
    const mark = asked().find((one) => !answered(one))
    if (!mark || !link()) return
    const group = groupOf(mark), still = matchMedia("(prefers-reduced-motion: reduce)").matches
    controlsOf(mark)[0].focus({ preventScroll: true })
    group.scrollIntoView({ block: group.offsetHeight > innerHeight / 2 ? "start" : "center", behavior: still ? "instant" : "smooth" })
  }

  room.addEventListener("changed", (event) => {
    look(event.detail?.told)
    if (event.detail?.go) go()
  })
  room.addEventListener("click", (event) => {
    if (!event.target.closest("[data-first]")) return
    event.preventDefault()
    go()
  })
  look(false)
  go()
})()
