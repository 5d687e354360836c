import { plain, readings } from './layouts.js'

/**
 * `<div data-combobox><label>…</label><select>…</select></div>`: a list chosen from by a few keys, in either
 * language and either keyboard layout. The select stays and is what the form sends; an option's
 * `data-keys` holds its other names. Tab and Enter take the marked option, so Tab costs no extra key.
 * A `multiple` select gathers: what is taken leaves the list and the field is empty for the next one.
 */
const SHOWN = 8
const made = new WeakSet()
let counter = 0

export function startComboboxes() {
  enhance(document)
  document.body.addEventListener('htmx:load', (event) => enhance(event.target))
}

function enhance(root) {
  for (const box of root.querySelectorAll?.('[data-combobox]') ?? []) {
    if (made.has(box)) continue
    made.add(box)
    new Combobox(box)
  }
}

class Combobox {
  constructor(box) {
    this.box = box
    this.select = box.querySelector('select')
    this.many = this.select.multiple
    this.options = [...this.select.options].filter((option) => option.value).map((option) => ({
      option,
      names: [option.value, option.text, ...(option.dataset.keys ?? '').split('|')].map(plain).filter(Boolean),
    }))
    this.shown = []
    this.marked = 0
    this.build()
    this.listen()
    this.fill()
  }

  build() {
    const id = `combo-${(counter += 1)}`
    this.input = Object.assign(document.createElement('input'), {
      type: 'text', id: `${this.select.id || id}_text`, className: 'form-control', autocomplete: 'off', spellcheck: false,
    })
    this.list = Object.assign(document.createElement('ul'), { id: `${id}-list`, className: 'combo-list', hidden: true })
    this.list.setAttribute('role', 'listbox')
    const label = this.box.querySelector('label')
    this.list.setAttribute('aria-label', label?.textContent.trim() ?? '')
    if (label) label.htmlFor = this.input.id
    const about = { role: 'combobox', 'aria-expanded': 'false', 'aria-controls': this.list.id, 'aria-autocomplete': 'list' }
    for (const [name, value] of Object.entries(about)) this.input.setAttribute(name, value)
    for (const name of ['aria-describedby', 'aria-invalid', 'data-shortcut', 'data-shortcut-label', 'placeholder']) {
      const value = this.select.getAttribute(name)
      if (value) this.input.setAttribute(name, value)
      if (name.startsWith('data-')) this.select.removeAttribute(name)
    }
    if (this.select.classList.contains('is-invalid')) this.input.classList.add('is-invalid')
    this.select.hidden = true
    this.select.tabIndex = -1
    this.select.after(this.input, this.list)
    if (this.select.autofocus && (!document.activeElement || document.activeElement === document.body)) this.input.focus()
  }

  listen() {
    this.input.addEventListener('input', () => this.show())
    this.input.addEventListener('keydown', (event) => this.key(event))
    this.input.addEventListener('blur', () => this.leave())
    this.list.addEventListener('mousedown', (event) => {
      event.preventDefault()
      const row = event.target.closest('[role=option]')
      if (row) this.take(this.shown[Number(row.dataset.index)])
    })
    this.select.addEventListener('combobox:fill', () => this.fill())
  }

  /** Show in the field what the select holds. */
  fill() {
    const chosen = this.select.selectedOptions[0]
    this.input.value = !this.many && chosen?.value ? chosen.text : ''
  }

  find(text) {
    const forms = readings(text)
    const rank = (names) => {
      let best = 9
      for (const form of forms) {
        for (const [index, name] of names.entries()) {
          if (index === 0 && name === form) best = Math.min(best, 1)
          else if (name === form) best = Math.min(best, 0)
          else if (name.startsWith(form)) best = Math.min(best, 2)
          else if (name.split(/[\s('"«“„-]+/).some((word) => word.startsWith(form))) best = Math.min(best, 3)
        }
      }
      return best
    }
    return this.options
      .filter(({ option }) => !(this.many && option.selected))
      .map((entry) => ({ entry, rank: rank(entry.names) }))
      .filter((row) => row.rank < 9)
      .sort((one, two) => one.entry.option.disabled - two.entry.option.disabled || one.rank - two.rank)
      .slice(0, SHOWN)
      .map((row) => row.entry.option)
  }

  show() {
    const text = this.input.value.trim()
    this.shown = text ? this.find(text) : []
    this.marked = 0
    this.list.replaceChildren(...this.shown.map((option, index) => this.row(option, index)))
    const open = this.shown.length > 0
    this.list.hidden = !open
    this.input.setAttribute('aria-expanded', String(open))
    this.mark(0)
  }

  row(option, index) {
    const row = Object.assign(document.createElement('li'), { id: `${this.list.id}-${index}`, textContent: option.text })
    row.setAttribute('role', 'option')
    row.dataset.index = index
    if (option.disabled) row.setAttribute('aria-disabled', 'true')
    return row
  }

  mark(index) {
    this.marked = index
    ;[...this.list.children].forEach((row, place) => row.setAttribute('aria-selected', String(place === index)))
    const row = this.list.children[index]
    if (row) this.input.setAttribute('aria-activedescendant', row.id)
    else this.input.removeAttribute('aria-activedescendant')
  }

  key(event) {
    const open = !this.list.hidden
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!open) return
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      this.mark((this.marked + step + this.shown.length) % this.shown.length)
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      if (open) this.take(this.shown[this.marked])
      else if (this.strange()) this.unknown()
    } else if (event.key === 'Enter') {
      // Ctrl+Enter sends the form: what is typed goes along, or is asked about, never left behind.
      if (open) this.take(this.shown[this.marked])
      else if (this.strange()) {
        event.preventDefault()
        this.unknown()
      }
    } else if (event.key === 'Tab' && open) {
      this.take(this.shown[this.marked])
    } else if (event.key === 'Escape' && open) {
      event.preventDefault()
      this.close()
    } else if (event.key === 'Backspace' && this.many && !this.input.value) {
      this.drop()
    }
  }

  /** What cannot be chosen now stays shown with its reason. */
  take(option) {
    if (!option || option.disabled) return
    if (this.many) option.selected = true
    else this.select.value = option.value
    this.close()
    this.fill()
    this.changed()
  }

  /** Backspace in an empty field takes the last one back. */
  drop() {
    const last = [...this.select.selectedOptions].pop()
    if (!last) return
    last.selected = false
    this.changed()
  }

  close() {
    this.list.hidden = true
    this.input.setAttribute('aria-expanded', 'false')
    this.input.removeAttribute('aria-activedescendant')
  }

  leave() {
    const open = !this.list.hidden
    this.close()
    const text = plain(this.input.value)
    if (open && text) return this.take(this.shown[this.marked])
    if (this.strange()) return this.unknown()
    if (this.many) return
    if (!text && this.select.value) {
      this.select.value = ''
      return this.changed()
    }
    this.fill()
  }

  /** What stands in the field is nothing of the list. */
  strange() {
    const text = plain(this.input.value)
    return Boolean(text) && (this.many || text !== plain(this.select.selectedOptions[0]?.text ?? ''))
  }

  /** Nothing of the kind in the list: the words stay, and a sentence says so. */
  unknown() {
    this.input.setAttribute('aria-invalid', 'true')
    this.input.classList.add('is-invalid')
    this.said ??= Object.assign(document.createElement('p'), { className: 'field-error' })
    this.said.setAttribute('role', 'alert')
    this.said.textContent = this.select.dataset.none ?? ''
    this.list.after(this.said)
    if (this.many || !this.select.value) return
    this.select.value = ''
    this.select.dispatchEvent(new Event('change', { bubbles: true }))
  }

  changed() {
    this.said?.remove()
    this.input.removeAttribute('aria-invalid')
    this.input.classList.remove('is-invalid')
    this.select.dispatchEvent(new Event('change', { bubbles: true }))
  }
}
