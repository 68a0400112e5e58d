// A button in a workshop room, and one that carries something out (the coloured kind), is pressed once, also by a double click:
// where it was, the next one stands a moment later, and that would take the room a phase further than its leader meant; or what
// the first press has done is done again, and refused. So the second press of a double one is none, unless the first went beside it.
(() => {
  const BUTTON = "[class*='st-key-workshop-'] button, button[data-testid='stBaseButton-primary']"
  const DOUBLE = 500 // milliseconds; a mouse counts by itself, as its owner has set it
  let last = -DOUBLE, hit = false
  addEventListener("click", (event) => {
    const before = hit
    hit = Boolean(event.target.closest?.(BUTTON))
    if (!hit) return
    const second = before && (event.detail > 1 || (event.pointerType === "touch" && event.timeStamp - last < DOUBLE))
    last = event.timeStamp
    if (!second) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }, true)
})()
