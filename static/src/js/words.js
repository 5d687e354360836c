/** What the scripts say, in the person's language: the words come with the page. */
const words = document.getElementById('words')?.dataset ?? {}

/** The sentence `key` with `%s` filled in. */
export const say = (key, value = '') => (words[key] ?? '').replace('%s', value)

/** The content of a `<meta name>`; empty when the page has none. */
export const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? ''

/** The token for a request of our own; the cookie wins, since another tab may have signed in anew. */
export function csrfToken() {
  const cookie = document.cookie.match(/(?:^|;\s*)(?:__Host-|__Secure-)?csrftoken=([^;]+)/)
  return cookie ? cookie[1] : meta('csrf-token')
}

/** POST a form's data; resolves to the response, rejects when the server cannot be reached. */
export const post = (url, data, options = {}) =>
  fetch(url, {
    method: 'POST',
    body: data,
    headers: { 'X-CSRFToken': csrfToken(), 'X-Requested-With': 'fetch' },
    credentials: 'same-origin',
    redirect: 'manual',
    ...options,
  })
