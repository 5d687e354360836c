/**
 * `<form data-unsaved>`: what was typed into it and is not saved yet is asked about before the page is left, and what
 * would go past it waits: buttons marked `data-when-saved`, and the forms they stand in. `data-unsaved="changed"`
 * comes from the server with a form that was refused. A form marked `data-drops-unsaved` means to lose it.
 */
const CHANGED = 'form[data-unsaved=changed]'

export function startUnsaved() {
  for (const kind of ['input', 'change']) document.addEventListener(kind, onTyped)
  document.addEventListener('submit', onSubmit, true)
  addEventListener('beforeunload', (event) => document.querySelector(CHANGED) && event.preventDefault())
  if (document.querySelector(CHANGED)) lock()
}

function onTyped(event) {
  const form = event.target.form
  if (!form?.matches('[data-unsaved]')) return
  form.dataset.unsaved = 'changed'
  lock()
}

function lock() {
  document.querySelectorAll('[data-when-saved]').forEach((button) => (button.disabled = true))
  document.querySelectorAll('[data-unsaved-note]').forEach((note) => (note.hidden = false))
}

function onSubmit(event) {
  const form = event.target
  if (form.matches('[data-unsaved], [data-drops-unsaved]')) {
    document.querySelectorAll(CHANGED).forEach((one) => (one.dataset.unsaved = ''))
  } else if (document.querySelector(CHANGED) && form.querySelector('[data-when-saved]')) {
    // Ctrl+Enter sends a form whose button is disabled.
    event.preventDefault()
    event.stopPropagation()
  }
}
