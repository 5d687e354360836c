/**
 * The operator's minute: one field finds the caller, the verdict follows what is typed, and the keyboard
 * never waits. Enter before the results are there means "the one that will be found".
 */
const ASKS = new Set(['country', 'occurred_at', 'their_clock', 'services', 'person', 'policy', 'insurer', 'person_birth_date'])

export function startCall() {
  if (!call()) return
  document.addEventListener('keydown', onKey)
  document.addEventListener('input', onInput)
  document.addEventListener('change', onChange)
  document.addEventListener('click', onClick)
  document.addEventListener('focusin', onElsewhere)
  document.body.addEventListener('htmx:beforeRequest', onRequest)
  // Only after settling do the new elements answer to a click.
  document.body.addEventListener('htmx:afterSettle', onSwap)
  document.body.addEventListener('htmx:responseError', forget)
  document.body.addEventListener('htmx:sendError', forget)
  services()
  ask()
  // After htmx has looked through the page: it does so at this moment, and was asked first.
  document.addEventListener('DOMContentLoaded', begin, { once: true })
}

/** What was typed before this script came is looked up, and never selected: the next key would wipe it out. */
function begin() {
  const field = lookup()
  if (!field) return
  if (field.value === field.defaultValue) field.select()
  else field.dispatchEvent(new CustomEvent('lookup:now', { bubbles: true }))
}

const call = () => document.querySelector('[data-call]')
const lookup = () => document.getElementById('lookup')
const results = () => document.getElementById('lookup-results')
const options = () => [...(results()?.querySelectorAll('[role=option]') ?? [])]
const marked = () => results()?.querySelector('[aria-selected=true]')

/** Enter was pressed before the answer came. */
let hurry = false
/** Somebody was chosen and is on the way: a second Enter changes nothing. */
let taking = false
/** The text that the results on the screen belong to. */
let found = null

const forget = () => {
  hurry = false
  taking = false
}

function onKey(event) {
  if (!event.target || event.target !== lookup()) return
  const plainEnter = event.key === 'Enter' && !event.ctrlKey && !event.metaKey
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault()
    step(event.key === 'ArrowDown' ? 1 : -1)
  } else if (plainEnter) {
    event.preventDefault()
    choose()
  } else if (event.key === 'Escape' && results().childElementCount) {
    event.preventDefault()
    close()
  }
}

function step(by) {
  const all = options()
  if (!all.length) return
  mark(all[(all.indexOf(marked()) + by + all.length) % all.length])
}

function mark(option) {
  for (const each of options()) each.setAttribute('aria-selected', String(each === option))
  option?.scrollIntoView({ block: 'nearest' })
  if (option) lookup().setAttribute('aria-activedescendant', option.id)
  else lookup().removeAttribute('aria-activedescendant')
}

function choose() {
  const text = lookup().value.trim()
  if (!text || taking) return
  if (found === text && marked()) return take(marked())
  hurry = true
  lookup().dispatchEvent(new CustomEvent('lookup:now', { bubbles: true }))
}

function take(option) {
  if (!option) return
  taking = true
  option.click()
}

function close() {
  results().replaceChildren()
  found = null
  lookup().setAttribute('aria-expanded', 'false')
  lookup().removeAttribute('aria-activedescendant')
}

/** A click on somebody in the list puts the focus on the page around it. */
const isElsewhere = (node) => !node.contains(lookup()) && !node.closest('.lookup')

/** The list covers the fields below: whoever goes on does not want it any more, except the person just chosen. */
function onElsewhere({ target }) {
  if (lookup() && !taking && isElsewhere(target)) close()
}

let asked = ''

function onRequest(event) {
  if (event.detail.elt === lookup()) asked = lookup().value.trim()
}

function onSwap(event) {
  const { target } = event.detail
  if (target.id === 'lookup-results') return answered()
  if (target.id === 'who') return seated()
  if (target.matches?.('[data-call]') || event.detail.elt?.matches?.('[data-call]')) redrawn()
}

/**
 * The results are there: the first is marked; one person alone is taken when Enter waits for it. Who has gone on
 * without Enter is not followed by a list that covers what is typed next.
 */
function answered() {
  found = asked
  if (!hurry && isElsewhere(document.activeElement)) return close()
  const all = options()
  lookup().setAttribute('aria-expanded', String(all.length > 0))
  mark(all[0])
  if (!hurry) return
  hurry = false
  const persons = all.filter((option) => option.dataset.kind === 'person')
  if (persons.length <= 1) take(persons[0] ?? all[0])
}

/** Somebody was chosen, or is in no list: fill the caller and go where the talk goes on. */
function seated() {
  taking = false
  const free = document.activeElement === document.body || document.activeElement?.closest('#who')
  const who = document.querySelector('[data-who]')
  const form = call()
  if (who?.dataset.who === 'person') {
    caller(form, who)
    if (free) form.elements.description.focus()
  } else if (who?.dataset.who === 'unlisted') free && focusEnd(form.elements.person_name)
  else lookup()?.select()
  ask()
  form.dispatchEvent(new Event('input', { bubbles: true }))
}

function caller(form, who) {
  if (form.elements.caller_relation.value && form.elements.caller_relation.value !== 'self') return
  form.elements.caller_relation.value = 'self'
  form.elements.caller_name.value ||= who.dataset.name
  form.elements.caller_phone.value ||= who.dataset.phone
}

function focusEnd(field) {
  field?.focus()
  if (field?.value) field.setSelectionRange?.(field.value.length, field.value.length)
}

function onInput(event) {
  if (event.target === lookup() && !lookup().value.trim()) close()
  if (event.target.name === 'caller_relation') relation(event.target)
}

/** Another person calls: the name and phone that the program filled in for the insured are not theirs. */
function relation(field) {
  const who = document.querySelector('[data-who=person]')
  const { caller_name: name, caller_phone: phone } = call().elements
  if (!who) return
  if (field.value !== 'self') {
    if (name.value === who.dataset.name) name.value = ''
    if (phone.value === who.dataset.phone) phone.value = ''
  } else caller(call(), who)
}

function onChange(event) {
  if (event.target.name === 'services') services()
  if (ASKS.has(event.target.name) || /^cost-|^currency-|^ask-/.test(event.target.name)) ask()
}

/** The verdict and the clocks follow; htmx waits a moment for the next change. */
function ask() {
  document.body.dispatchEvent(new CustomEvent('call:changed'))
}

/** A row for each kind of help chosen, with its expected cost; what was typed in the others stays. */
function services() {
  const form = call()
  const place = document.getElementById('service-rows')
  const pattern = document.getElementById('service-row')
  if (!form || !place || !pattern) return
  const chosen = [...form.elements.services.selectedOptions]
  const kept = new Map([...place.children].map((row) => [row.dataset.kind, row]))
  for (const [kind, row] of kept) if (!chosen.some((option) => option.value === kind)) row.remove()
  for (const option of chosen) {
    if (kept.has(option.value)) continue
    const row = pattern.content.firstElementChild.cloneNode(true)
    row.dataset.kind = option.value
    row.querySelector('[data-name]').textContent = option.text
    for (const field of row.querySelectorAll('input, select')) {
      field.name = `${field.dataset.part}-${option.value}`
      field.setAttribute('aria-label', `${field.getAttribute('aria-label')}: ${option.text}`)
    }
    place.append(row)
  }
}

function onClick(event) {
  if (event.isTrusted && lookup() && !taking && !event.target.closest?.('.lookup')) close()
  const picks = event.target.closest?.('[data-picks]')
  if (picks) document.getElementById(picks.dataset.picks)?.click()
  const kind = event.target.closest?.('[data-drop]')?.closest('[data-kind]')?.dataset.kind
  const select = call()?.elements.services
  const option = kind && [...select.options].find((each) => each.value === kind)
  if (!option) return
  option.selected = false
  select.dispatchEvent(new Event('change', { bubbles: true }))
  document.getElementById('id_services_text')?.focus()
}

/** The server sent the form back with sentences: to the first of them. */
function redrawn() {
  services()
  ask()
  setTimeout(() => call().querySelector('input[aria-invalid=true], textarea[aria-invalid=true], select[aria-invalid=true]:not([hidden])')?.focus(), 0)
}
