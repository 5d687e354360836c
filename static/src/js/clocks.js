import { say } from './words.js'

const MINUTE = 60_000

/** Server and browser may disagree about the time: count by the server's clock. */
let ahead = 0
const now = () => Date.now() + ahead

/** Countdowns and the clock of the shift, once a second; a text changes only when it has to. */
export function startClocks() {
  document.body.addEventListener('htmx:afterRequest', (event) => setAhead(event.detail.xhr?.getResponseHeader('Date')))
  tick()
  setInterval(tick, 1000)
  document.body.addEventListener('htmx:afterSettle', tick)
  addEventListener('beforeprint', sayWhenPrinted)
}

/** A page may stand open for hours: on paper is the minute of the printing, in Kyiv. */
function sayWhenPrinted() {
  const parts = { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Kyiv' }
  const text = new Intl.DateTimeFormat('uk', parts).format(now()).replace(',', '')
  document.querySelectorAll('[data-printed-at]').forEach((node) => put(node, text))
}

function setAhead(date) {
  const server = Date.parse(date ?? '')
  // The header counts whole seconds: smaller differences say nothing.
  if (server && Math.abs(server - Date.now()) > 2000) ahead = server - Date.now()
}

function tick() {
  document.querySelectorAll('[data-countdown-to]').forEach(countdown)
  document.querySelectorAll('[data-shift-clock]').forEach(shiftClock)
}

/** 3 h 12 min · 12 min · 1:59 in the last minutes. */
function words(ms, seconds) {
  const all = Math.max(0, Math.floor(ms / 1000))
  if (seconds && all < 600) return `${Math.floor(all / 60)}:${String(all % 60).padStart(2, '0')}`
  const minutes = Math.floor(all / 60)
  const hours = Math.floor(minutes / 60)
  const rest = `${minutes % 60} ${say('minutes')}`
  return hours ? `${hours} ${say('hours')} ${rest}` : rest
}

const put = (node, text) => node.textContent === text || (node.textContent = text)

function phase(node, value) {
  if (node.dataset.phase === value) return false
  const first = node.dataset.phase === undefined
  node.dataset.phase = value
  return !first
}

function countdown(node) {
  const left = Date.parse(node.dataset.countdownTo) - now()
  phase(node, left < 0 ? 'over' : left < 1000 * Number(node.dataset.soon ?? 180) ? 'soon' : 'far')
  put(node, left < 0 ? say('late', words(-left + 59_999, false)) : say('left', words(left + 999, true)))
}

function shiftClock(node) {
  const ends = Date.parse(node.dataset.endsAt)
  const starts = Date.parse(node.dataset.startsAt)
  const check = Date.parse(node.dataset.checkAt) || ends - 20 * MINUTE
  const place = node.querySelector('[data-shift-left]')
  const time = now()
  const name = time < starts ? 'before' : time >= ends ? 'over' : time >= check ? 'check' : 'running'
  // The banner of the last 20 minutes asks the server by itself; it never takes the focus.
  if (phase(node, name)) document.body.dispatchEvent(new CustomEvent('shift:phase', { detail: name }))
  if (!place || name === 'before') return
  put(place, name === 'over' ? say('over') : say('left', words(ends - time + 999, false)))
}
