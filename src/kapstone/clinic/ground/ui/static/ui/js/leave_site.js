// Leaves at once for a neutral page: by the link, or by Shift pressed three times. It does not clear the history.
const link = document.querySelector('[data-leave]')
let presses = 0
let last = 0

function leave () {
  // Blanked first, so that nothing stays readable while the next page loads.
  document.documentElement.hidden = true
  document.title = ''
  window.location.replace(link.href)
}

if (link) {
  link.addEventListener('click', (event) => {
    event.preventDefault()
    leave()
  })
  document.addEventListener('keydown', (event) => {
    if (event.repeat) return
    const quick = event.timeStamp - last < 1500
    presses = event.key === 'Shift' ? (quick ? presses + 1 : 1) : 0
    last = event.timeStamp
    if (presses === 3) leave()
  })
}
