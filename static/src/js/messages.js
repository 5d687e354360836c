import { say } from './words.js'

/** Where sentences are seen now: `#messages`, or the top of the open dialog, which covers the page. */
export function placeForMessages() {
  const dialog = document.querySelector('dialog[open]')
  if (!dialog) return document.getElementById('messages')
  let place = dialog.querySelector('[data-dialog-messages]')
  if (!place) {
    place = document.createElement('div')
    place.dataset.dialogMessages = ''
    place.className = 'stack'
    place.setAttribute('role', 'status')
    dialog.prepend(place)
  }
  return place
}

/** Show a sentence in `#messages`, in a tone; `key` keeps one message of a kind, not a pile. */
export function show(text, { tone = 'bad', key = '', link = null } = {}) {
  const place = placeForMessages()
  if (!place || !text) return
  if (key) place.querySelector(`[data-key="${key}"]`)?.remove()
  const notice = document.createElement('div')
  notice.className = `notice tone-${tone}`
  notice.dataset.key = key
  if (tone === 'bad') notice.setAttribute('role', 'alert')
  const body = document.createElement('div')
  const line = document.createElement('p')
  line.textContent = text
  body.append(line)
  if (link) {
    const anchor = document.createElement('a')
    Object.assign(anchor, { href: link.href, textContent: link.text, target: '_blank', rel: 'noopener' })
    body.append(anchor)
  }
  notice.append(body, closeButton())
  place.append(notice)
}

function closeButton() {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn-close'
  button.dataset.close = '.notice'
  button.setAttribute('aria-label', say('close'))
  return button
}
