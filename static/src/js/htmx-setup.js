import htmx from 'htmx.org'
import { placeForMessages, show } from './messages.js'
import { signedOut } from './signed-out.js'
import { csrfToken, say } from './words.js'

const body = document.body

body.addEventListener('htmx:configRequest', (event) => {
  if (event.detail.verb !== 'get') event.detail.headers['X-CSRFToken'] = csrfToken()
})

body.addEventListener('htmx:beforeOnLoad', (event) => {
  const { xhr } = event.detail
  if (xhr.status !== 401) return
  event.preventDefault()
  signedOut((name) => xhr.getResponseHeader(name))
})

// A refusal that comes as a whole page (CSRF, a wrong address) must not be poured into a fragment.
body.addEventListener('htmx:beforeSwap', (event) => {
  const { xhr } = event.detail
  if (event.detail.target?.id === 'messages') event.detail.target = placeForMessages()
  if (xhr.status < 400 || !/^\s*<!doctype/i.test(xhr.responseText)) return
  event.detail.shouldSwap = false
  const page = new DOMParser().parseFromString(xhr.responseText, 'text/html')
  show(page.querySelector('[data-sentence]')?.textContent.trim() || say('refused'), { key: 'refused' })
})

body.addEventListener('htmx:responseError', (event) => {
  if (event.detail.xhr.status >= 500) show(say('serverFault'), { key: 'fault' })
})

// A form that came back with faults: the keyboard goes to the first of them, unless somebody is already there.
body.addEventListener('htmx:afterSettle', (event) => {
  const { xhr, requestConfig } = event.detail
  if (xhr?.status !== 400 || requestConfig?.verb === 'get') return
  const first = event.target.querySelector('[aria-invalid=true]:not([hidden],[type=hidden],[disabled])')
  if (first && !document.activeElement?.matches('[aria-invalid=true]')) first.focus()
})

// A request that works again takes its old complaint away.
body.addEventListener('htmx:afterRequest', (event) => {
  if (!event.detail.successful) return
  document.querySelectorAll('[data-key="fault"], [data-key="refused"]').forEach((node) => node.remove())
})

// What was sent well is left in nobody's hands: where the answer is not shown, the fields go back to how they came.
body.addEventListener('htmx:afterRequest', ({ detail: { elt, successful } }) => {
  if (successful && elt.matches?.('form[hx-swap=none]')) elt.reset()
})

export default htmx
