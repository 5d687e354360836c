import { say } from './words.js'

/** The search of the house as a combobox: arrows choose, Enter opens, Esc closes. */
export function startSearch() {
  const field = document.querySelector('[data-search]')
  const results = document.getElementById('search-results')
  if (!field || !results) return
  const options = () => [...results.querySelectorAll('[role=option]')]
  const chosen = () => results.querySelector('[aria-selected=true]')

  const mark = (option) => {
    chosen()?.setAttribute('aria-selected', 'false')
    option?.setAttribute('aria-selected', 'true')
    option?.scrollIntoView({ block: 'nearest' })
    if (option) field.setAttribute('aria-activedescendant', option.id)
    else field.removeAttribute('aria-activedescendant')
  }
  const close = () => {
    results.replaceChildren()
    field.setAttribute('aria-expanded', 'false')
    field.removeAttribute('aria-activedescendant')
  }
  const step = (by) => {
    const all = options()
    if (all.length) mark(all[(all.indexOf(chosen()) + by + all.length) % all.length] ?? all[0])
  }

  results.addEventListener('htmx:afterSwap', () => {
    if (!field.value.trim()) return close()
    options().forEach((option, index) => {
      option.id ||= `search-option-${index}`
      option.tabIndex = -1
      option.setAttribute('aria-selected', 'false')
    })
    field.setAttribute('aria-expanded', 'true')
    mark(options()[0])
    announce(say('results', options().length))
  })

  field.addEventListener('input', () => field.value.trim() || close())
  field.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      step(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Enter' && !event.ctrlKey && chosen()) {
      event.preventDefault()
      chosen().click()
    } else if (event.key === 'Escape') {
      if (results.childElementCount) event.preventDefault()
      close()
    }
  })
  document.addEventListener('click', (event) => event.target.closest('.search') || close())
}

function announce(text) {
  const place = document.getElementById('search-said')
  if (place) place.textContent = text
}
