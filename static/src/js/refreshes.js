import htmx from 'htmx.org'

// Fragments that fetch themselves when there is news: what a person types, sends or was told there is not taken away, and no
// news is lost on the way.
const body = document.body

// News that come while a fragment is being fetched may be younger than the answer, and it is fetched once more: htmx would ask
// again from the element that the answer has replaced, and so not at all.
const fetching = new Map()
body.addEventListener('htmx:confirm', (event) => {
  const { elt, triggeringEvent } = event.detail
  if (!fetching.has(elt)) return
  event.preventDefault()
  fetching.set(elt, [triggeringEvent])
})
body.addEventListener('htmx:beforeSend', ({ detail: { elt, xhr, requestConfig } }) => {
  // With `hx-sync` htmx calls off an older request for a younger one: asked again it would call the younger one off, without end.
  if (requestConfig.verb !== 'get' || !elt.matches('[hx-trigger*="live:"]:not([hx-sync])')) return
  fetching.set(elt, null)
  // Called off is not answered.
  xhr.addEventListener('abort', () => fetching.get(elt) ?? fetching.set(elt, [requestConfig.triggeringEvent]))
  xhr.addEventListener('loadend', () => {
    const missed = fetching.get(elt)
    fetching.delete(elt)
    if (missed) setTimeout(() => ask(elt, ...missed))
  })
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
    return sent[0].addEventListener('loadend', () => setTimeout(() => ask(elt, requestConfig.triggeringEvent), 50))
  }
  if (!isWorkedIn(target)) return
  event.preventDefault()
  wait(target, elt, requestConfig.triggeringEvent)
})

// Who began to type after the refresh had been asked for would lose the words to its answer: it is asked for again later.
body.addEventListener('htmx:beforeSwap', (event) => {
  const { elt, requestConfig, target } = event.detail
  if (!isByItself(requestConfig) || !target || !isWorkedIn(target)) return
  event.detail.shouldSwap = false
  wait(target, elt, requestConfig.triggeringEvent)
})

// What was refused came back as if it had stood there from the first: it is what the person typed all the same, but for what
// the program had filled in.
const typed = new WeakMap()
body.addEventListener('htmx:beforeRequest', ({ detail: { elt, xhr } }) => {
  const fields = elt.closest('form')?.querySelectorAll('input, textarea') ?? []
  typed.set(xhr, new Set([...fields].filter(isChanged).map((field) => field.name)))
})
const refused = new WeakSet()
body.addEventListener('htmx:afterSettle', ({ target, detail: { xhr, requestConfig } }) => {
  if (requestConfig?.verb === 'get' || !(xhr?.status >= 400)) return
  for (const form of target.querySelectorAll('form')) {
    if (form.getAttribute('hx-post') !== requestConfig.path) continue
    for (const field of form.querySelectorAll('input, textarea')) if (typed.get(xhr)?.has(field.name)) refused.add(field)
  }
})

// The same for parts that come with an answer to something else (hx-swap-oob).
let byItself = null
body.addEventListener('htmx:beforeSwap', ({ detail: { elt, requestConfig } }) => {
  byItself = isByItself(requestConfig) ? [elt, requestConfig.triggeringEvent] : null
})
body.addEventListener('htmx:oobBeforeSwap', (event) => {
  const { target } = event.detail
  if (!byItself || !isWorkedIn(target)) return
  event.detail.shouldSwap = false
  wait(target, ...byItself)
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

/** For one fragment alone, or for what an answer has put in its place: the others have heard of it themselves. */
function ask(elt, event) {
  const place = elt.isConnected ? elt : document.getElementById(elt.id)
  // What stands there now may refresh itself no more; without an address the page would be fetched into it.
  const address = place?.getAttribute('hx-get')
  const nobody = () => {}
  if (address) htmx.ajax('get', address, { source: place, event }).catch(nobody)
}

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
  return field.value !== (refused.has(field) ? '' : field.defaultValue)
}

/** Where no option is marked, the browser shows the first. */
const chosenAtFirst = (select) => Math.max(0, [...select.options].findLastIndex((option) => option.defaultSelected))

/** The refresh that was held back happens when the person leaves the field and no changed one is left. */
function wait(target, elt, event) {
  if (target.dataset.waits) return
  target.dataset.waits = 'yes'
  const moments = ['focusout', 'change', 'reset']
  const later = () =>
    setTimeout(() => {
      if (isWorkedIn(target)) return
      moments.forEach((name) => target.removeEventListener(name, later))
      delete target.dataset.waits
      if (target.isConnected) ask(elt, event)
    }, 50)
  moments.forEach((name) => target.addEventListener(name, later))
}
