/* At a room's door: the names of the office are found by typing, and a button works once. */
(() => {
  "use strict"
  const found = (what, where = document) => where.querySelector(what)
  const all = (what, where = document) => [...where.querySelectorAll(what)]

  const find = found("#find")
  if (find && all(".name").length > 8) {
    find.closest(".find").hidden = false
    find.addEventListener("input", () => {
      const wanted = find.value.trim().toLocaleLowerCase()
      let shown = 0
      for (const one of all(find.dataset.finds)) shown += !(one.hidden = !one.textContent.toLocaleLowerCase().includes(wanted))
      found("[data-none]").hidden = shown > 0
    })
    find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault())
  }
  for (const form of all("form[data-once]")) form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault()
    form.dataset.sent = 1
    setTimeout(() => delete form.dataset.sent, 5000)
  })
})()
