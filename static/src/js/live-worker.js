/** One event stream for all pages of this browser and this person. */
const ports = new Set()
const RETRY = 30_000
const MEMORY = 60_000
const POLL = '{"kind": "poll", "id": ""}'
/** News of the last minute, `[server's milliseconds, news]`: a page that is opened now was drawn before. */
let memory = []
let heardFrom = Infinity
let source = null
let state = ''

const tell = (data) => ports.forEach((port) => port.postMessage(data))

function setState(next) {
  state = next
  tell({ state })
}

function open(address, since) {
  if (source && source.readyState !== EventSource.CLOSED) return
  memory = []
  heardFrom = since
  source = new EventSource(address, { withCredentials: true })
  source.onerror = () => {
    setState('lost')
    // The browser does not come back by itself after an answer that is not a stream (signed out, 503).
    if (source?.readyState === EventSource.CLOSED && ports.size) setTimeout(() => ports.size && open(address, since), RETRY)
  }
  // The server says whether it hears the broker: an open connection alone promises nothing.
  source.addEventListener('state', (event) => setState(event.data === 'open' ? 'open' : 'lost'))
  source.addEventListener('live', (event) => {
    const at = Number(event.lastEventId)
    memory = [...memory.filter(([before]) => before > at - MEMORY), [at, event.data]]
    tell({ news: event.data })
  })
  source.addEventListener('end', () => {
    source.close()
    setState('lost')
  })
}

/** What a page has missed since it was drawn; everything anew when that is not known. */
function catchUp(port, since) {
  const known = since >= heardFrom && since > Date.now() - MEMORY
  const missed = known ? memory.filter(([at]) => at >= since).map(([, news]) => news) : [POLL]
  for (const news of new Set(missed)) port.postMessage({ news })
}

self.onconnect = (event) => {
  const port = event.ports[0]
  port.onmessage = ({ data }) => {
    if (data.open) {
      ports.add(port)
      if (state) port.postMessage({ state })
      if (source && source.readyState !== EventSource.CLOSED) catchUp(port, data.since)
      else open(data.open, data.since)
    }
    if (data.close) {
      ports.delete(port)
      if (!ports.size) {
        source?.close()
        source = null
        state = ''
      }
    }
  }
}
