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

// What a person sends from a fragment and the fragment's own refresh would race: a refresh that was under way shows what was
// before, and takes away the place of the answer. It is called off; one that comes meanwhile waits.
const sending = new Map()
body.addEventListener('htmx:beforeRequest', (event) => {
  const { elt, xhr, requestConfig } = event.detail
  if (requestConfig.verb === 'get') return
  // Known before the refresh is called off: htmx then sends one that was waiting behind it, at once.
  // Where the answer is to go counts too: what is sent by a script is sent by no element of the fragment.
  sending.set(xhr, [elt, event.detail.target ?? elt])
  xhr.addEventListener('loadend', () => sending.delete(xhr))
  const fragment = (event.detail.target ?? elt).closest('[hx-trigger*="live:"]')
  if (fragment) htmx.trigger(fragment, 'htmx:abort')
})

// A fragment that refreshes itself while somebody types in it, or left words in it, would take them away.
body.addEventListener('htmx:beforeRequest', (event) => {
  const { elt, requestConfig } = event.detail
  if (!isByItself(requestConfig)) return
  const target = event.detail.target ?? elt
  const sent = [...sending].find(([, places]) => places.some((place) => meet(target, place)))
  if (sent) {
    event.preventDefault()
    const again = () => htmx.trigger(standing(elt), requestConfig.triggeringEvent?.type ?? 'live:poll')
    return sent[0].addEventListener('loadend', () => setTimeout(again, 50))
  }
  if (!isWorkedIn(target)) return
  event.preventDefault()
  wait(target, elt, requestConfig.triggeringEvent?.type ?? 'live:poll')
})

// Who began to type after the refresh had been asked for would lose the words to its answer: it is asked for again later.
body.addEventListener('htmx:beforeSwap', (event) => {
  const { elt, requestConfig, target } = event.detail
  if (!isByItself(requestConfig) || !target || !isWorkedIn(target)) return
  event.detail.shouldSwap = false
  wait(target, elt, requestConfig.triggeringEvent?.type ?? 'live:poll')
})

// What was sent well is left in nobody's hands: where the answer is not shown, the fields go back to how they came.
body.addEventListener('htmx:afterRequest', ({ detail: { elt, successful } }) => {
  if (successful && elt.matches?.('form[hx-swap=none]')) elt.reset()
})

// The same for parts that come with an answer to something else (hx-swap-oob).
let byItself = false
body.addEventListener('htmx:beforeSwap', (event) => (byItself = isByItself(event.detail.requestConfig)))
body.addEventListener('htmx:oobBeforeSwap', (event) => {
  if (byItself && isWorkedIn(event.detail.target)) event.detail.shouldSwap = false
})

// What was said about a deed outlives the refresh that the same deed sets off for everybody: it goes when it is closed, or
// when the person does something else.
let said = []
body.addEventListener('htmx:beforeSwap', ({ detail: { requestConfig, target } }) => {
  said = isByItself(requestConfig) && target ? [...target.querySelectorAll('[data-said]:has(.notice)')] : []
})
body.addEventListener('htmx:afterSwap', () => {
  said.splice(0).forEach((node) => document.getElementById(node.id)?.replaceWith(node))
})

/** Is one inside the other? An answer that replaces more than the fragment would take the fragment's news back. */
const meet = (fragment, place) => fragment.contains(place) || (place !== body && place.contains(fragment))

/** The element itself, or what the answer has put in its place. */
const standing = (elt) => (elt.isConnected ? elt : document.getElementById(elt.id) ?? elt)

/** Asked by news or by the clock (`every 60s` has no event), not by the person. */
function isByItself(config) {
  const cause = config?.triggeringEvent?.type
  return config?.verb === 'get' && (!cause || cause.startsWith('live:'))
}

const isWorkedIn = (target) => isTypingIn(target) || [...target.querySelectorAll('input, textarea, select')].some(isChanged)

function isTypingIn(target) {
  const active = document.activeElement
  if (!active || !target.contains(active)) return false
  return active.matches('input:not([type=hidden],[type=checkbox],[type=radio]), textarea, select')
}

function isChanged(field) {
  if (field.type === 'hidden') return false
  if (field.matches('[type=checkbox], [type=radio]')) return field.checked !== field.defaultChecked
  if (field.matches('select')) return field.selectedIndex !== chosenAtFirst(field)
  return field.value !== field.defaultValue
}

/** Where no option is marked, the browser shows the first. */
const chosenAtFirst = (select) => Math.max(0, [...select.options].findLastIndex((option) => option.defaultSelected))

/** The refresh that was held back happens when the person leaves the field and no changed one is left. */
function wait(target, elt, cause) {
  if (target.dataset.waits) return
  target.dataset.waits = cause
  const moments = ['focusout', 'change', 'reset']
  const later = () =>
    setTimeout(() => {
      if (isWorkedIn(target)) return
      moments.forEach((name) => target.removeEventListener(name, later))
      delete target.dataset.waits
      if (target.isConnected) htmx.trigger(elt, cause)
    }, 50)
  moments.forEach((name) => target.addEventListener(name, later))
}

export default htmx
