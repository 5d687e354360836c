/** A list of rows (`data-rows`) by the keyboard: j and k go down and up (by place on the keyboard), Enter opens. */
export function startRows() {
  document.addEventListener('keydown', (event) => {
    const down = event.code === 'KeyJ'
    if (!(down || event.code === 'KeyK') || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return
    if (event.target.matches?.('input, textarea, select, [contenteditable]')) return
    const links = [...document.querySelectorAll('[data-rows] .row-link')]
    if (!links.length) return
    event.preventDefault()
    const here = links.indexOf(document.activeElement)
    const next = here < 0 ? 0 : Math.min(links.length - 1, Math.max(0, here + (down ? 1 : -1)))
    links[next].focus()
    links[next].scrollIntoView({ block: 'nearest' })
  })
}
