/** A form that sends a file shows how much of it has gone, on its `<progress data-upload hidden>`. */
export function startUploads() {
  document.body.addEventListener('htmx:xhr:progress', ({ target, detail }) => {
    const bar = target.querySelector('progress[data-upload]')
    if (!bar || !detail.lengthComputable) return
    bar.hidden = false
    bar.value = detail.loaded / detail.total
  })
}
