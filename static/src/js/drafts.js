import { show } from './messages.js'
import { signedOut } from './signed-out.js'
import { meta, post, say } from './words.js'

/**
 * `<form data-draft="new-call">`: what is typed goes to the server from the first character, 400 ms after
 * the last key. When the server cannot be reached, a copy waits in this tab (sessionStorage, gone with it)
 * and is sent or put back as soon as possible. Passwords and files are never kept.
 */
const DELAY = 400
const RETRY = 5000
const PREFIX = `draft:${meta('person')}:`
const timers = new WeakMap()
const changed = new Set()
/** Forms on their way to the server: a draft that arrives after them would come back from the dead. */
const sent = new WeakSet()
const underWay = new WeakMap()
/** Saves may overtake each other on the way: the server keeps the latest of a page, and none of a page that was sent. */
const pages = new WeakMap()
let turn = 0

export function startDrafts() {
  forgetOthers()
  document.addEventListener('input', (event) => touch(event.target.form))
  document.addEventListener('change', (event) => touch(event.target.form))
  document.addEventListener('submit', (event) => event.defaultPrevented || hold(event.target))
  document.body.addEventListener('htmx:beforeRequest', (event) => isSending(event) && hold(event.detail.elt))
  document.body.addEventListener('htmx:afterRequest', afterRequest)
  document.body.addEventListener('htmx:load', (event) => restore(event.target))
  // `pagehide` comes when the next page is there already, too late for who comes straight back.
  for (const leaving of ['beforeunload', 'pagehide']) addEventListener(leaving, flush)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && flush())
  addEventListener('online', () => document.querySelectorAll('form[data-draft]').forEach((form) => kept(form) && save(form)))
  document.addEventListener('submit', (event) => event.target.matches('[data-sign-out]') && sessionStorage.clear())
  restore(document)
}

const address = (form) => `/drafts/${form.dataset.draft}/`
const key = (form) => PREFIX + form.dataset.draft
const kept = (form) => sessionStorage.getItem(key(form))

/** Another person signed in in this tab: nothing of the one before stays (the sign-in page keeps it). */
function forgetOthers() {
  if (!meta('person')) return
  Object.keys(sessionStorage).filter((name) => name.startsWith('draft:') && !name.startsWith(PREFIX))
    .forEach((name) => sessionStorage.removeItem(name))
}

function fields(form) {
  const data = new FormData(form)
  for (const [name, value] of [...data]) {
    const control = form.elements.namedItem(name)
    if (value instanceof File || control?.type === 'password' || name === 'csrfmiddlewaretoken') data.delete(name)
  }
  if (!pages.has(form)) pages.set(form, String(Math.random()))
  data.set('draft_page', pages.get(form))
  data.set('draft_turn', String(++turn))
  return data
}

/** A request that outlives the page may carry 64 kB; three bytes a letter at most. */
const isShort = (data) => [...data].reduce((sum, [name, value]) => sum + name.length + value.length + 100, 0) < 20_000

const isSending = ({ detail }) => detail.requestConfig.verb !== 'get' && Boolean(detail.elt.dataset?.draft)

function hold(form) {
  if (!form.dataset.draft) return
  sent.add(form)
  pages.delete(form)
  changed.delete(form)
  clearTimeout(timers.get(form))
  underWay.get(form)?.abort()
}

function touch(form) {
  if (!form?.dataset.draft) return
  changed.add(form)
  clearTimeout(timers.get(form))
  timers.set(form, setTimeout(() => save(form), DELAY))
}

async function save(form) {
  clearTimeout(timers.get(form))
  if (sent.has(form)) return
  changed.delete(form)
  underWay.get(form)?.abort()
  const call = new AbortController()
  underWay.set(form, call)
  const data = fields(form)
  try {
    const answer = await post(address(form), data, { signal: call.signal, keepalive: isShort(data) })
    if (!answer.ok) throw answer
    sessionStorage.removeItem(key(form))
    mark(form, 'saved')
  } catch (error) {
    if (error.name === 'AbortError') return
    sessionStorage.setItem(key(form), JSON.stringify([...data]))
    mark(form, 'failed')
    if (error.status === 401) signedOut((name) => error.headers.get(name))
    // A server that cannot be reached is asked again; one that refuses (signed out) is not.
    if (!(error instanceof Response) || error.status >= 500) timers.set(form, setTimeout(() => save(form), RETRY))
  }
}

function mark(form, state) {
  const place = form.querySelector('[data-draft-mark]') ?? document.querySelector(`[data-draft-mark="${form.dataset.draft}"]`)
  if (!place) return
  place.dataset.state = state
  place.textContent = say(state === 'saved' ? 'saved' : 'kept')
}

/** Leaving the page: what is not sent yet outlives it, and goes ahead of the next page (a beacon would come after it). */
function flush() {
  for (const form of changed) {
    clearTimeout(timers.get(form))
    if (!form.isConnected || sent.has(form)) continue
    underWay.get(form)?.abort()
    post(address(form), fields(form), { keepalive: true, priority: 'high' }).catch(() => {})
  }
  changed.clear()
}

/**
 * The form was sent and taken: its action clears the draft on the server, we clear the copy. By the status, for htmx
 * calls an answer that leads to another page neither successful nor failed.
 */
function afterRequest(event) {
  if (!isSending(event)) return
  const { elt: form, xhr } = event.detail
  if (xhr.status < 200 || xhr.status >= 400) {
    sent.delete(form)
    if (form.isConnected) touch(form)
    return
  }
  // A field that was left meanwhile has set the clock of another save: its words would turn up in the next form.
  hold(form)
  sessionStorage.removeItem(key(form))
  if (!xhr.getResponseHeader('HX-Redirect')) sent.delete(form)
}

function restore(root) {
  const forms = root.querySelectorAll?.('form[data-draft]') ?? []
  for (const form of [...forms, ...(root.matches?.('form[data-draft]') ? [root] : [])]) {
    const copy = kept(form)
    if (!copy) continue
    put(form, JSON.parse(copy))
    show(say('restored'), { tone: 'info', key: 'restored' })
    save(form)
  }
}

function put(form, pairs) {
  for (const [name, value] of pairs) {
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (control.type === 'checkbox' || control.type === 'radio') control.checked ||= control.value === value
      else if (control.type !== 'hidden' && control.type !== 'file') control.value = value
    }
  }
}
