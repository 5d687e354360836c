import { post } from './words.js'

/** Menus, dialogs, copying, the theme: small things that work by attributes, on any fragment. */
export function startControls() {
  document.addEventListener('click', onClick)
  document.addEventListener('keydown', onEscape)
  document.addEventListener('toggle', onToggle, true)
  document.addEventListener('submit', onTheme)
  document.body.addEventListener('htmx:afterRequest', closeDialog)
  document.body.addEventListener('htmx:afterSwap', openFilled)
  document.querySelectorAll('dialog.dialog[open]').forEach(raise)
}

function onClick(event) {
  const hit = (selector) => event.target.closest?.(selector)
  closeMenus(hit('details.menu'))
  const opener = hit('[data-dialog-open]')
  if (opener) {
    event.preventDefault()
    openDialog(opener.dataset.dialogOpen)
  }
  if (hit('[data-dialog-close]')) hit('dialog')?.close()
  if (event.target.matches?.('dialog.dialog') && outside(event)) event.target.close()
  const closer = hit('[data-close]')
  if (closer) closer.closest(closer.dataset.close)?.remove()
  const copier = hit('[data-copy]')
  if (copier) copy(copier)
  if (hit('[data-print]')) print()
}

/** Open a dialog by its id; the field marked autofocus gets the keyboard. */
export function openDialog(id) {
  const dialog = document.getElementById(id)
  if (!dialog || dialog.open) return
  dialog.querySelector('[data-dialog-messages]')?.replaceChildren()
  dialog.showModal()
}

/** What was fetched into a dialog that waits for it is shown; what is marked autofocus gets the keyboard. */
function openFilled(event) {
  const dialog = event.detail.target.closest?.('dialog[data-opens-when-filled]')
  if (!dialog) return
  if (!dialog.open) dialog.showModal()
  dialog.querySelector('[autofocus]')?.focus()
}

/** A dialog that came open with the page, for its form was refused, stands before the page and not below it. */
function raise(dialog) {
  dialog.removeAttribute('open')
  dialog.showModal()
  dialog.querySelector('[aria-invalid=true]')?.focus()
}

function outside(event) {
  const box = event.target.getBoundingClientRect()
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom
}

function closeMenus(except) {
  document.querySelectorAll('details.menu[open]').forEach((menu) => {
    if (menu !== except) menu.open = false
  })
}

function onEscape(event) {
  if (event.key !== 'Escape') return
  const open = document.querySelector('details.menu[open]')
  if (!open) return
  const inside = open.contains(document.activeElement)
  open.open = false
  if (inside) open.querySelector('summary').focus()
}

function onToggle(event) {
  if (event.target.matches?.('details.menu[open]')) closeMenus(event.target)
}

async function copy(button) {
  await navigator.clipboard?.writeText(button.dataset.copy)
  button.dataset.done = ''
  setTimeout(() => delete button.dataset.done, 1500)
}

/** A form in a dialog that was answered well closes its dialog; a refusal keeps it open. */
function closeDialog(event) {
  const form = event.target.closest?.('[data-dialog-closes]')
  if (form && event.detail.elt === form && event.detail.successful) form.closest('dialog')?.close()
}

/** The theme changes in place: a reload would cost what is being typed. */
function onTheme(event) {
  if (!event.target.matches('[data-theme-form]')) return
  event.preventDefault()
  const root = document.documentElement
  const dark = getComputedStyle(root).colorScheme === 'dark' || (!root.dataset.bsTheme && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.bsTheme = dark ? 'light' : 'dark'
  const data = new FormData()
  data.set('theme', root.dataset.bsTheme)
  post(event.target.action, data).catch(() => {})
}
