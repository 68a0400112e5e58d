const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[๐-๙]/g, (digit) => "๐๑๒๓๔๕๖๗๘๙".indexOf(digit)).replace(/\s+/g, "")
const indicator = (list) => { let one = list; while (one.tagName !== "H3") one = one.previousElementSibling; return one.textContent }
const pieces = [...document.querySelectorAll(".pieces li")].map((one) => [one, plain(one.closest("section").querySelector("h2").textContent + indicator(one.closest("ul")) + one.textContent)])
const found = document.getElementById("found")
document.getElementById("find").addEventListener("input", ({ target }) => {
  const words = target.value.split(/\s+/).map(plain).filter(Boolean)
  let shown = 0
  for (const [one, text] of pieces) {
    one.hidden = !words.every((word) => text.includes(word))
    shown += one.hidden ? 0 : 1
  }
  for (const section of document.querySelectorAll("section")) section.hidden = words.length > 0 && !section.querySelector(".pieces li:not([hidden])")
  found.textContent = words.length && !shown ? found.dataset.none : words.length ? shown : ""
})
