/**
 * An open conversation that nobody looks at (another tab is in front) still fetches what is new, and says so: it is
 * delivered and not read. Looked at again, it asks once more.
 */
export function startConversation() {
  document.body.addEventListener('htmx:configRequest', ({ detail }) => {
    if (detail.elt.id === 'latest' && document.visibilityState === 'hidden') detail.parameters.unseen = '1'
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') return
    document.querySelector('#latest[data-unseen]')?.dispatchEvent(new CustomEvent('looked'))
  })
}
