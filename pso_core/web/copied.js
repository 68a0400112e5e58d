// The word joiners that keep an address from becoming a link (see ui/plain.py), or a word on its line, stay on the page:
// in a mail program or a search an address that holds one is another address.
(() => {
  const JOINER = "\u2060"
  addEventListener("copy", (event) => {
    const chosen = getSelection(), text = chosen.toString()
    if (!text.includes(JOINER)) return
    const copied = document.createElement("div")
    copied.append(chosen.getRangeAt(0).cloneContents())
    event.clipboardData.setData("text/plain", text.replaceAll(JOINER, ""))
    event.clipboardData.setData("text/html", copied.innerHTML.replaceAll(JOINER, ""))
    event.preventDefault()
  })
})()
