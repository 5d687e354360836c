import htmx from './htmx-setup.js'
import { meta, say } from './words.js'

/**
 * News of the server: ids only, the fragments fetch what they may see. One connection a browser
 * (SharedWorker); without it one a page; when the stream cannot be had, `live:poll` every 10 s. The page
 * says when it was drawn: what happened between that and the open stream is told to it first.
 * A fragment says `hx-trigger="live:case-26-000123 from:body, live:poll from:body"`.
 */
const POLL = 10_000
let timer = null
let state = ''

export function startLive() {
  const url = meta('live-url')
  if (!url || !meta('person')) return
  const since = meta('live-since')
  const address = `${new URL(url, location.href).href}?since=${since}`
  // A tab that nobody saw did not poll: it catches up when it is looked at.
  document.addEventListener('visibilitychange', () => timer && pollIfSeen())
  try {
    listen(new SharedWorker(new URL('./live-worker.js', import.meta.url), { type: 'module', name: `live:${meta('person')}` }), { open: address, since: Number(since) })
  } catch {
    direct(address)
  }
}

function listen(worker, call) {
  worker.onerror = () => direct(call.open)
  worker.port.onmessage = ({ data }) => hear(data)
  worker.port.start()
  worker.port.postMessage(call)
  addEventListener('pagehide', () => worker.port.postMessage({ close: true }))
  addEventListener('pageshow', (event) => event.persisted && worker.port.postMessage(call))
}

function direct(address) {
  const source = new EventSource(address, { withCredentials: true })
  source.onerror = () => hear({ state: 'lost' })
  source.addEventListener('state', (event) => hear({ state: event.data === 'open' ? 'open' : 'lost' }))
  source.addEventListener('live', (event) => hear({ news: event.data }))
  source.addEventListener('end', () => {
    source.close()
    hear({ state: 'lost' })
  })
}

function hear(data) {
  if (data.state) return setState(data.state)
  const { kind, id } = JSON.parse(data.news)
  document.body.dispatchEvent(new CustomEvent('fregat:live', { detail: { kind, id } }))
  htmx.trigger(document.body, `live:${kind}`, { id })
  if (id !== '') htmx.trigger(document.body, `live:${kind}-${id}`, { id })
}

function setState(next) {
  const before = state
  state = next === 'open' ? 'open' : 'polling'
  show()
  if (state === 'open') {
    clearInterval(timer)
    timer = null
    document.body.dispatchEvent(new CustomEvent('fregat:connected'))
    // Nothing is replayed: what happened while we were away is fetched now.
    if (before === 'polling') poll()
  } else if (!timer) timer = setInterval(pollIfSeen, POLL)
}

const poll = () => htmx.trigger(document.body, 'live:poll')
const pollIfSeen = () => document.visibilityState === 'hidden' || poll()

function show() {
  const place = document.getElementById('live-state')
  if (!place) return
  place.dataset.state = state
  place.querySelector('.live-text').textContent = state === 'open' ? '' : say('polling')
}
