import { openDialog } from './controls.js'
import { say } from './words.js'

/**
 * Keys by their place on the keyboard (`event.code`), so that they work in the Ukrainian layout too.
 * An element says `data-shortcut="F2"`, `"/"`, `"Alt+1"`, `"Ctrl+K"`; a field gets the focus, anything
 * else is clicked. A plain letter, digit or `/` does nothing while somebody types.
 */
const CODES = { '/': 'Slash', '?': 'Slash', Enter: 'Enter', Esc: 'Escape' }

export function startShortcuts() {
  document.addEventListener('keydown', onKey)
  document.addEventListener('toggle', (event) => event.target.id === 'shortcuts' && list(), true)
  // After htmx has looked through the page. Enter was the browser's own while no script was there.
  const early = window.earlyKeys?.() ?? []
  document.addEventListener('DOMContentLoaded', () => early.filter(({ code }) => code !== 'Enter').forEach(onKey), { once: true })
}

function parse(text) {
  const parts = text.split('+')
  const key = parts.pop()
  const code = CODES[key] ?? (/^[A-Z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key)
  return { code, ctrl: parts.includes('Ctrl'), alt: parts.includes('Alt'), shift: parts.includes('Shift') || key === '?' }
}

function matches(text, event) {
  const want = parse(text)
  return (
    want.code === event.code &&
    want.ctrl === (event.ctrlKey || event.metaKey) &&
    want.alt === event.altKey &&
    want.shift === event.shiftKey
  )
}

const isTyping = (node) =>
  node?.matches?.('input:not([type=checkbox],[type=radio],[type=button],[type=submit]), textarea, select, [contenteditable]')

/** What a form is filled in by: a form of a button alone says nothing that Ctrl+Enter could mean. */
const ENTERED = 'input:not([type=hidden],[type=submit],[type=button]):enabled, textarea:enabled, select:enabled'
const FIELDS = 'input:not([type=hidden],[hidden],[disabled]), textarea, select:not([hidden])'

/** A key that writes a letter belongs to the field that has the focus, if it can be seen: a dialog just closed keeps it a moment. */
const writes = (event) => !event.ctrlKey && !event.metaKey && !event.altKey && !/^F\d+$/.test(event.code)

function onKey(event) {
  if (event.defaultPrevented || event.isComposing) return
  if (event.code === 'Enter' && (event.ctrlKey || event.metaKey)) return submit(event)
  if (writes(event) && isTyping(event.target) && event.target.checkVisibility()) return
  if (matches('?', event)) {
    event.preventDefault()
    return openDialog('shortcuts')
  }
  const scope = document.querySelector('dialog[open]') ?? document
  for (const node of scope.querySelectorAll('[data-shortcut], [data-shortcut-also]')) {
    const keys = [node.dataset.shortcut, node.dataset.shortcutAlso].filter(Boolean)
    if (!node.disabled && keys.some((key) => matches(key, event)) && node.checkVisibility()) {
      event.preventDefault()
      return use(node)
    }
  }
}

function use(node) {
  if (!isTyping(node)) return press(node)
  node.focus()
  node.select?.()
}

/** What a key opened takes the keyboard at once: its `toggle` comes later, and the next letter may come before it. */
function press(node) {
  node.click()
  if (node.matches('[type=radio]')) node.focus() // the arrows go on from there
  if (node.matches('summary') && node.parentElement.open) node.parentElement.querySelector(FIELDS)?.focus()
}

/**
 * Ctrl+Enter sends the form one is in; outside any form, and on a button that is all of its form, the one marked
 * `data-submit-shortcut`. Nothing behind an open dialog is sent.
 */
function submit(event) {
  const own = event.target.closest?.('form:not([role=search])')
  const main = (document.querySelector('dialog:modal') ?? document).querySelector('form[data-submit-shortcut]')
  const isFilled = own && [...own.elements].some((field) => field.matches(ENTERED))
  const form = isFilled || own?.matches('[data-submit-shortcut]') ? own : (main ?? own)
  if (!form) return
  event.preventDefault()
  form.requestSubmit(form.querySelector('[data-submit-default]') ?? undefined)
}

/** Fill the list behind `?` with what this page offers. */
function list() {
  const place = document.querySelector('[data-shortcut-list]')
  place.querySelectorAll('[data-found]').forEach((row) => row.remove())
  const seen = new Set()
  for (const node of document.querySelectorAll('[data-shortcut]')) {
    const key = node.dataset.shortcut
    if (seen.has(key) || !node.checkVisibility()) continue
    seen.add(key)
    place.append(term(key, node.dataset.shortcutAlso), detail(name(node)))
  }
}

function name(node) {
  if (node.dataset.shortcutLabel) return node.dataset.shortcutLabel
  const copy = node.cloneNode(true)
  copy.querySelectorAll('kbd, svg').forEach((part) => part.remove())
  return copy.textContent.trim() || node.getAttribute('aria-label') || node.labels?.[0]?.textContent.trim() || ''
}

function term(key, also) {
  const cell = document.createElement('dt')
  cell.dataset.found = ''
  const ways = [key, also].filter(Boolean).map((one) => one.split('+').flatMap((part, index) => [index ? ' ' : '', keycap(part)]))
  cell.append(...ways.flatMap((way, index) => [index ? ` ${say('or')} ` : '', ...way]))
  return cell
}

function keycap(text) {
  const mark = document.createElement('kbd')
  mark.textContent = text.length === 1 ? text.toUpperCase() : text
  return mark
}

function detail(text) {
  const cell = document.createElement('dd')
  cell.dataset.found = ''
  cell.textContent = text
  return cell
}
