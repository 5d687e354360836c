import { say } from './words.js'

/** The connection is lost: say so where it is seen, and say what happens to the words. */
export function startConnection() {
  const place = document.getElementById('connection')
  if (!place) return
  const update = (lost) => {
    place.textContent = lost ? say('offline') : ''
    place.hidden = !lost
  }
  // An answer heard says that the server is there again, unless the browser knows better.
  const again = () => place.hidden || update(!navigator.onLine)
  addEventListener('offline', () => update(true))
  addEventListener('online', () => update(false))
  document.body.addEventListener('htmx:sendError', () => update(true))
  document.body.addEventListener('htmx:afterOnLoad', again)
  document.body.addEventListener('fregat:connected', again)
  update(!navigator.onLine)
}
