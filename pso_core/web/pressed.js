// A button in a workshop room is pressed once, also by a double click: where it was, the next one stands a moment later, and
// that would take the room a phase further than its leader meant. So the second press of a double one is none.
(() => {
  const BUTTON = "[class*='st-key-workshop-'] button"
  const DOUBLE = 500 // milliseconds; a mouse counts by itself, as its owner has set it
  let last = -DOUBLE
  addEventListener("click", (event) => {
    if (!event.target.closest?.(BUTTON)) return
    const second = event.detail > 1 || (event.pointerType === "touch" && event.timeStamp - last < DOUBLE)
    last = event.timeStamp
    if (!second) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }, true)
})()
