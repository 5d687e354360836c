/**
 * Questions of the rules, answered without leaving the keyboard: a button marked `data-ask` goes to the first one
 * that is open; in a question Т or Y says yes, Н or N says no, by the letter that is written, and the next open one
 * follows. Digits are typed where a number is asked.
 */
const YES = new Set(['т', 'y', '+'])
const NO = new Set(['н', 'n', '-'])

export function startQuestions() {
  document.addEventListener('click', (event) => event.target.closest?.('[data-ask]') && next(document.querySelectorAll('[data-question]')))
  // Before the page's own letters: this one belongs to the question that has the focus.
  document.addEventListener('keydown', onKey, true)
}

const isOpen = (question) => ![...question.querySelectorAll('input')].some((field) => (field.type === 'radio' ? field.checked : field.value))

function next(questions) {
  const all = [...questions]
  const question = all.find(isOpen) ?? all[0]
  question?.querySelector('input:checked, input')?.focus()
}

function onKey(event) {
  const field = event.target
  if (field.type !== 'radio' || !field.closest?.('[data-question]') || event.ctrlKey || event.altKey || event.metaKey) return
  const key = event.key.toLowerCase()
  const said = YES.has(key) ? 'yes' : NO.has(key) ? 'no' : ''
  if (!said) return
  event.preventDefault()
  const question = field.closest('[data-question]')
  question.querySelector(`input[value=${said}]`).click()
  const others = [...document.querySelectorAll('[data-question]')]
  const after = others.slice(others.indexOf(question) + 1).find(isOpen)
  ;(after?.querySelector('input') ?? question.querySelector('input:checked')).focus()
}
