import { show } from './messages.js'
import { say } from './words.js'

/**
 * An answer 401: the sign-in has ended. Going to the sign-in page would throw away what is typed, so it is only said.
 * Whose access to Fregat has ended for good leaves the page at once: nobody's data stays on that screen, and what was
 * being typed is kept by the server. `header` reads a header of the answer.
 */
export function signedOut(header) {
  const href = header('HX-Redirect') || '/accounts/login/'
  if (header('X-Access-Ended') === 'dismissed') {
    sessionStorage.clear()
    location.replace(href)
    return
  }
  show(say('signedOut'), { key: 'signed-out', link: { href, text: say('signIn') } })
}
