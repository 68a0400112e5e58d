/* The projector shows as many lines as its height holds, above the lowest tenth; without this script so few that they fit anywhere. */
(() => {
  "use strict"
  const FREE = 0.9 // of the height
  const room = document.getElementById("room")
  const found = (what, where = document) => where.querySelector(what)
  const all = (what, where = document) => [...where.querySelectorAll(what)]

  function fill() {
    const more = found(".more"), lines = all(".bars tbody tr, .texts > li")
    if (!more || !lines.length) return
    const said = found("[data-said]", more), link = found("[data-from]", more), first = Number(more.dataset.first), rest = Number(more.dataset.all) - first

    function show(count) {
      const ahead = count < rest ? first + count : 0
      for (const [place, line] of lines.entries()) line.hidden = place >= count
      found(".texts")?.classList.toggle("few", count < 3)
      more.hidden = !first && !ahead
      said.textContent = said.dataset.said.replace("#", first + count)
      link.dataset.from = ahead
      link.href = link.href.replace(/from=\d+/, `from=${ahead}`)
      link.textContent = ahead ? link.dataset.next : link.dataset.again
    }
    const fits = () => Math.max(...[...more.parentElement.children].map((one) => one.getBoundingClientRect().bottom)) + scrollY <= FREE * innerHeight

    let count = lines.length
    show(count)
    while (count > 1 && !fits()) show(--count)
    show(Math.ceil(rest / Math.ceil(rest / count))) // no screen holds a lonely last line
  }

  /* Which texts lost a line (screen.css keeps the marks of that line out of sight). */
  function cut() {
    for (const one of all("main *")) if (getComputedStyle(one).webkitLineClamp !== "none") one.classList.toggle("cut", one.scrollHeight > one.clientHeight + 2)
  }

  function arrange() {
    fill()
    cut()
  }
  new MutationObserver(arrange).observe(room, { childList: true })
  addEventListener("resize", arrange)
  document.fonts.ready.then(arrange)
  arrange()
})()
