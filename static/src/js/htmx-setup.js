import htmx from 'htmx.org'
import { placeForMessages, show } from './messages.js'
import { csrfToken, say } from './words.js'

const body = document.body

body.addEventListener('htmx:configRequest', (event) => {
  if (event.detail.verb !== 'get') event.detail.headers['X-CSRFToken'] = csrfToken()
})

// The sign-in has ended: going to the sign-in page would throw away what is typed, so only say it.
body.addEventListener('htmx:beforeOnLoad', (event) => {
  const { xhr } = event.detail
  if (xhr.status !== 401) return
  event.preventDefault()
  const href = xhr.getResponseHeader('HX-Redirect') || '/accounts/login/'
  show(say('signedOut'), { key: 'signed-out', link: { href, text: say('signIn') } })
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

// A request that works again takes its old complaint away.
body.addEventListener('htmx:afterRequest', (event) => {
  if (!event.detail.successful) return
  document.querySelectorAll('[data-key="fault"], [data-key="refused"]').forEach((node) => node.remove())
})

// A fragment that refreshes itself while somebody types in it would take the words away.
body.addEventListener('htmx:beforeRequest', (event) => {
  const { elt, requestConfig } = event.detail
  const cause = requestConfig?.triggeringEvent?.type ?? ''
  if (!cause.startsWith('live:')) return
  const target = event.detail.target ?? elt
  if (isTypingIn(target)) {
    event.preventDefault()
    wait(target, elt, cause)
  }
})

function isTypingIn(target) {
  const active = document.activeElement
  if (!active || !target.contains(active)) return false
  return active.matches('input:not([type=hidden],[type=checkbox],[type=radio]), textarea, select')
}

/** The refresh that was held back happens when the person leaves the field. */
function wait(target, elt, cause) {
  if (target.dataset.waits) return
  target.dataset.waits = cause
  target.addEventListener('focusout', function later() {
    setTimeout(() => {
      if (isTypingIn(target)) return
      target.removeEventListener('focusout', later)
      delete target.dataset.waits
      htmx.trigger(elt, cause)
    }, 50)
  })
}

export default htmx
