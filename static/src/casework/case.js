/**
 * The page of a case: one dialog for what is asked now and then, five composers for what is added all the
 * time, the clock of the place. The server says `case-saved` when an answer was taken.
 */
export function startCase() {
  document.body.addEventListener('htmx:afterSwap', (event) => {
    if (event.detail.target.id === 'ask-body') openAsk()
  })
  document.body.addEventListener('case-saved', closeAsk)
  document.addEventListener('toggle', onToggle, true)
  document.addEventListener('keydown', onEscape)
  document.body.addEventListener('htmx:afterRequest', afterComposer)
  tick()
  setInterval(tick, 10_000)
  document.body.addEventListener('htmx:load', tick)
}

const ask = () => document.getElementById('ask')
const FIELD = 'input:not([type=hidden],[hidden],[disabled]), textarea, select:not([hidden])'

function openAsk() {
  const dialog = ask()
  if (!dialog.open) dialog.showModal()
  const first = dialog.querySelector('[aria-invalid=true]:not([hidden])') ?? dialog.querySelector('[autofocus]') ?? dialog.querySelector(FIELD)
  first?.focus()
}

function closeAsk() {
  const dialog = ask()
  if (!dialog?.open) return
  dialog.close()
  document.getElementById('ask-body').replaceChildren()
}

/** A composer that opens takes the keyboard; the others close. */
function onToggle(event) {
  const composer = event.target
  if (!composer.matches?.('[data-composer]') || !composer.open) return
  document.querySelectorAll('[data-composer][open]').forEach((other) => {
    if (other !== composer) other.open = false
  })
  composer.querySelector(FIELD)?.focus()
}

function onEscape(event) {
  if (event.key !== 'Escape' || event.defaultPrevented) return
  const composer = event.target.closest?.('[data-composer][open]')
  if (!composer) return
  composer.open = false
  composer.querySelector('summary').focus()
}

/** What was added is on the page: the composer closes, the keyboard is on its name again. */
function afterComposer(event) {
  const { elt, successful } = event.detail
  const composer = elt.closest?.('[data-composer]')
  if (!composer || !elt.matches('form')) return
  if (!successful) return setTimeout(() => composer.querySelector('[aria-invalid=true]')?.focus(), 0)
  composer.open = false
  composer.querySelector('summary')?.focus()
}

/** `<span data-clock-zone="Asia/Tokyo">`: what their clock shows now. */
function tick() {
  for (const node of document.querySelectorAll('[data-clock-zone]')) {
    try {
      const text = new Intl.DateTimeFormat('uk', { timeZone: node.dataset.clockZone, hour: '2-digit', minute: '2-digit' }).format(new Date())
      if (node.textContent !== text) node.textContent = text
    } catch {
      /* An unknown zone: the server's text stays. */
    }
  }
}
