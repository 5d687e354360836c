import htmx from 'htmx.org'

/**
 * The month by keys and by mouse. Arrows, Home and End move through the cells; D, N and X (by place on the keyboard)
 * make the cell the usual day, the usual night, or nothing; Enter or a click opens the form; Ctrl+Z takes back.
 */
const KINDS = { KeyD: 'day', KeyN: 'night', KeyX: '', Delete: '', Backspace: '' }
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }

let last = null

export function startMonth() {
  // First: N in a cell is a night, elsewhere it plans a shift.
  document.addEventListener('keydown', onKey, true)
  document.addEventListener('click', onClick)
  document.addEventListener('focusin', onFocus)
  // At once, or a key pressed in between goes nowhere; and after the attributes have settled, which takes the Tab stop away.
  document.body.addEventListener('htmx:afterSwap', ready)
  document.body.addEventListener('htmx:afterSettle', ready)
  ready()
}

const grid = () => document.querySelector('[data-month]')
const cellOf = (node) => node.closest?.('[data-month] td.cell')

/** One cell of the grid is a stop of the Tab key: the last one used, else the first. A key just pressed keeps its cell. */
function ready() {
  const cell = (last && document.getElementById(last)) ?? grid()?.querySelector('td.cell')
  if (!cell) return
  cell.tabIndex = 0
  if (last && document.activeElement === document.body && !document.querySelector('#shift-form form')) cell.focus({ preventScroll: true })
  if (document.activeElement === cell) tell(cell)
}

function onFocus({ target }) {
  const cell = cellOf(target)
  if (!cell) return
  grid().querySelector('td.cell[tabindex="0"]')?.setAttribute('tabindex', '-1')
  cell.tabIndex = 0
  last = cell.id
  tell(cell)
}

/** What stands in the cell, in words, under the grid. */
function tell(cell) {
  const place = document.getElementById('cell-words')
  const words = [...cell.querySelectorAll('.mark')].map((mark) => mark.title).join(' ')
  if (!place) return
  place.textContent = words
  place.hidden = !words
}

function onKey(event) {
  const cell = cellOf(event.target)
  if (event.altKey || event.shiftKey || event.defaultPrevented) return
  if (event.ctrlKey || event.metaKey) {
    // Anywhere on the page, also right after drafts were written; in a field it takes back what was typed.
    const undo = document.getElementById('undo')
    if (event.code !== 'KeyZ' || !undo || event.target.closest?.('input, textarea, select, [contenteditable]')) return
    event.preventDefault()
    return undo.click()
  }
  if (!cell) return
  if (event.code in MOVES || event.code === 'Home' || event.code === 'End') return move(cell, event)
  if (event.code === 'Enter') {
    event.preventDefault()
    return open(cell)
  }
  if (event.code in KINDS && cell.dataset.who) {
    event.preventDefault()
    put(cell, KINDS[event.code])
  }
}

function move(cell, event) {
  event.preventDefault()
  const cells = [...cell.parentElement.querySelectorAll('td.cell')]
  const rows = [...grid().tBodies[0].rows]
  const [down, right] = MOVES[event.code] ?? [0, event.code === 'Home' ? -cells.length : cells.length]
  const row = rows[clamp(rows.indexOf(cell.parentElement) + down, rows.length)]
  const next = row.querySelectorAll('td.cell')[clamp(cells.indexOf(cell) + right, cells.length)]
  next.focus()
  next.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

const clamp = (index, length) => Math.min(length - 1, Math.max(0, index))

/** One after another: the row that answers the first key is the one that the second key is about. */
let before = Promise.resolve()

function put(cell, kind) {
  const { who, day } = cell.dataset
  const { id } = cell.parentElement
  const { cellUrl, back } = grid().dataset
  const values = { employee: who, day, kind, back }
  const send = () => htmx.ajax('POST', cellUrl, { target: `#${id}`, swap: 'outerHTML', values })
  before = before.then(send, send).catch(() => {})
}

function onClick(event) {
  const cell = cellOf(event.target)
  if (!cell || event.ctrlKey || event.metaKey || event.shiftKey) return
  const link = event.target.closest('a')
  if (link || (cell.dataset.who && !cell.querySelector('.mark:not(.wish)'))) event.preventDefault()
  cell.focus({ preventScroll: true })
  if (link) show(link.href)
  else if (cell.dataset.who && !cell.querySelector('.mark:not(.wish)')) open(cell)
}

function open(cell) {
  const link = cell.querySelector('a')
  if (link) return show(link.href)
  if (cell.dataset.who) show(`${grid().dataset.planUrl}?employee=${cell.dataset.who}&on=${cell.dataset.day}`)
}

function show(address) {
  const url = new URL(address, location.href)
  url.searchParams.set('back', grid().dataset.back)
  htmx.ajax('GET', url.pathname + url.search, { target: '#shift-form', swap: 'innerHTML' })
}
