/** One event stream for all pages of this browser and this person. */
const ports = new Set()
const RETRY = 30_000
let source = null
let state = ''

const tell = (data) => ports.forEach((port) => port.postMessage(data))

function setState(next) {
  state = next
  tell({ state })
}

function open(address) {
  if (source && source.readyState !== EventSource.CLOSED) return
  source = new EventSource(address, { withCredentials: true })
  source.onerror = () => {
    setState('lost')
    // The browser does not come back by itself after an answer that is not a stream (signed out, 503).
    if (source?.readyState === EventSource.CLOSED && ports.size) setTimeout(() => ports.size && open(address), RETRY)
  }
  // The server says whether it hears the broker: an open connection alone promises nothing.
  source.addEventListener('state', (event) => setState(event.data === 'open' ? 'open' : 'lost'))
  source.addEventListener('live', (event) => tell({ news: event.data }))
  source.addEventListener('end', () => {
    source.close()
    setState('lost')
  })
}

self.onconnect = (event) => {
  const port = event.ports[0]
  port.onmessage = ({ data }) => {
    if (data.open) {
      ports.add(port)
      if (state) port.postMessage({ state })
      open(data.open)
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
