// Nothing that is being typed gets lost while the page changes under it.
(() => {
  const MOMENT = 50 // milliseconds in which Streamlit sends what was typed in a field that was left
  const WRITTEN = "textarea, input:not([type=checkbox], [type=radio], [type=file], [role=combobox])"
  let unsent = null // the field typed in last, until that is sent
  let last = null // what was typed last, until a button is pressed: {field, place, value, inside}
  const KEPT = "typed-when-closed"
  const FRESH = 60_000 // milliseconds in which a page that is loaded anew is the same page to the person

  // Streamlit sends what was typed a moment after its field was left, but a change of page at once: the two cross,
  // what was typed is lost and the new page stays empty. So whoever follows a link or goes back waits that moment,
  // and a page that is closed or loaded anew leaves the field first.
  const leave = () => {
    unsent?.blur()
    unsent = null
  }
  const wait = (event, go) => {
    if (!unsent) return
    event.preventDefault()
    event.stopImmediatePropagation()
    leave()
    setTimeout(go, MOMENT)
  }
  addEventListener("click", (event) => {
    if (event.target.closest?.("button")) last = null
    const link = event.target.closest?.("a[href]")
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) wait(event, () => link.click())
  }, true)
  addEventListener("popstate", (event) => wait(event, () => dispatchEvent(new PopStateEvent("popstate", { state: event.state }))), true)
  addEventListener("beforeunload", () => {
    if (unsent?.matches(WRITTEN) && unsent.type !== "password")
      sessionStorage.setItem(KEPT, JSON.stringify({ page: location.pathname, at: Date.now(), place: place(unsent), value: unsent.value }))
    leave()
  })

  // The answer to a save brings new fields: what was typed since the button was pressed moves into the field that
  // takes the old one's place. Its key differs in two numbers: the form's turn and the row's revision.
  const place = (field) => /st-key-(\S+)/.exec(field.closest(".stElementContainer")?.className)?.[1].replace(/-\d+-\d+-/, "-")
  const put = (field, { value, inside }) => {
    field.focus({ preventScroll: true })
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, value)
    field.dispatchEvent(new Event("input", { bubbles: true }))
    if (!inside) field.blur()
  }
  // A page that is loaded anew may be gone before the server heard what was typed in it: then its next self types it again.
  const fromBefore = () => {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null")
    sessionStorage.removeItem(KEPT)
    return kept && kept.page === location.pathname && Date.now() - kept.at < FRESH ? { place: kept.place, value: kept.value, inside: false } : null
  }
  last = fromBefore()
  new MutationObserver(() => {
    if (!last?.place || last.field?.isConnected) return
    const next = [...document.querySelectorAll(WRITTEN)].find((field) => place(field) === last.place)
    if (!next) return
    const carried = last
    last = null
    if (next.value !== carried.value) put(next, carried)
  }).observe(document, { childList: true, subtree: true })

  // Going from a password to its own button "show" leaves the field for the eye but not for Streamlit, which then never sends it.
  addEventListener("focusout", ({ target, relatedTarget }) => {
    if (target === unsent && relatedTarget && target.closest(".stTextInput")?.contains(relatedTarget))
      target.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, bubbles: true }))
  }, true)

  // A box for an amount is one for text (see ui/fields.py); on a phone it still brings up the digits.
  addEventListener("pointerdown", ({ target }) => {
    if (target.autocomplete === "transaction-amount") target.inputMode = "decimal"
  }, true)

  addEventListener("input", ({ target }) => {
    unsent = target
    last = target.matches(WRITTEN) ? { field: target, place: place(target), value: target.value, inside: true } : null
  }, true)
  addEventListener("focusout", ({ target }) => {
    if (last?.field === target && target.isConnected) last.inside = false
    setTimeout(() => { if (unsent === target) unsent = null }, MOMENT)
  }, true)
})()
