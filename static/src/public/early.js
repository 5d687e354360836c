// Keys pressed while the page is still coming wait here for the scripts (`shortcuts.js`): who types ahead loses none.
{
  const keys = []
  const keep = (event) => keys.push(event)
  document.addEventListener('keydown', keep, true)
  window.earlyKeys = () => {
    document.removeEventListener('keydown', keep, true)
    return keys.splice(0)
  }
}
