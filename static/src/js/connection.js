import { say } from './words.js'

/** The connection is lost: say so where it is seen, and say what happens to the words. */
export function startConnection() {
  const place = document.getElementById('connection')
  if (!place) return
  const update = (lost) => {
    place.textContent = lost ? say('offline') : ''
    place.hidden = !lost
  }
  addEventListener('offline', () => update(true))
  addEventListener('online', () => update(false))
  document.body.addEventListener('htmx:sendError', () => update(true))
  document.body.addEventListener('htmx:afterOnLoad', () => place.hidden || update(false))
  document.body.addEventListener('fregat:connected', () => place.hidden || update(false))
  update(!navigator.onLine)
}
