/** The same key in the Ukrainian and the Latin layout: what was typed in the wrong one is understood. */
const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.\\"
const UKRAINIAN = 'йцукенгшщзхїфівапролджєячсмитьбюґ'

const TO_UKRAINIAN = new Map([...LATIN].map((key, index) => [key, UKRAINIAN[index]]))
const TO_LATIN = new Map([...UKRAINIAN].map((key, index) => [key, LATIN[index]]))

const through = (map, text) => [...text].map((letter) => map.get(letter) ?? letter).join('')

/** Small letters, one kind of apostrophe, no outer blanks. */
export const plain = (text) => text.toLowerCase().replace(/[’ʼ`]/g, "'").trim()

/** The ways in which a typed text may be meant: as it is, or in the other layout. */
export function readings(text) {
  const typed = plain(text)
  return [...new Set([typed, through(TO_UKRAINIAN, typed), through(TO_LATIN, typed)])]
}
