// Streamlit sends what was typed a moment after its field was left, but a change of page at once: the two cross,
// what was typed is lost and the new page stays empty. So whoever follows a link or goes back from a field that
// was just typed in waits that moment; and a page that is closed or loaded anew leaves the field first.
(() => {
  const MOMENT = 50
  let typed = null
  const leave = () => {
    typed?.blur()
    typed = null
  }
  const wait = (event, go) => {
    if (!typed) return
    event.preventDefault()
    event.stopImmediatePropagation()
    leave()
    setTimeout(go, MOMENT)
  }
  addEventListener("input", (event) => { typed = event.target }, true)
  addEventListener("focusout", (event) => setTimeout(() => { if (typed === event.target) typed = null }, MOMENT), true)
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]")
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) wait(event, () => link.click())
  }, true)
  addEventListener("popstate", (event) => wait(event, () => dispatchEvent(new PopStateEvent("popstate", { state: event.state }))), true)
  addEventListener("beforeunload", leave)
})()
