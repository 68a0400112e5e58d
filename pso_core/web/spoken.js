// Whoever hears the page hears it in the reader's language: Streamlit's own names for its parts are English.
(() => {
  const words = JSON.parse(document.getElementById("spoken").textContent) // {English: ours}; "{name}" is what the part belongs to
  const NAMES = ["aria-label", "aria-roledescription"]
  const NAMED = NAMES.map((name) => `[${name}]`).join()
  // Over their own text ours is painted (streamlit.css); a name takes its place for whoever hears them.
  const PAINTED = "[data-testid=stSkipToContent], [data-testid^=stMainMenuItem-theme], [data-testid=stFileUploaderDropzone] button"
  const patterns = Object.entries(words).flatMap(([english, ours]) => (english.includes("{name}") ? [[...english.split("{name}"), ours]] : []))

  const said = (text) => {
    if (Object.hasOwn(words, text)) return words[text]
    const found = patterns.find(([before, after]) => text.length > before.length + after.length && text.startsWith(before) && text.endsWith(after))
    return found && found[2].replace("{name}", () => text.slice(found[0].length, text.length - found[1].length))
  }
  const put = (text, place) => {
    const ours = text && said(text)
    if (ours) place(ours)
  }
  const text = (one) => [...(one.querySelector("p") ?? one).childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join("")
  const name = (one) => {
    NAMES.forEach((name) => put(one.getAttribute(name), (ours) => one.setAttribute(name, ours)))
    if (one.matches(PAINTED) && !one.ariaLabel) put(text(one), (ours) => one.setAttribute("aria-label", ours))
  }
  const look = (one) => {
    if (one.nodeType !== Node.ELEMENT_NODE) return
    if (one.parentElement?.closest("[data-live-announcer]")) return put(one.textContent, (ours) => { one.textContent = ours })
    name(one)
    one.querySelectorAll(`${NAMED}, ${PAINTED}`).forEach(name)
  }
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) type === "attributes" ? name(target) : addedNodes.forEach(look)
  }).observe(document, { attributeFilter: NAMES, childList: true, subtree: true })
})()
