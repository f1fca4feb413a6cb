// Goes on to the next field once no further digit could make a value that may be true, and keeps a half-typed set, so
// that it is there when one comes back from another chair. Without this script the set is kept when a chair is chosen.
const form = document.getElementById('vitals')
const WAIT = 800
let waiting = 0
let sent = false

const fields = () => [...form.querySelectorAll('input[type=text]')]

function whole (field) {
  const most = Number(field.dataset.most)
  const typed = field.value.trim()
  return most && /^\d+$/.test(typed) && Number(typed) * 10 > most
}

function keep () {
  clearTimeout(waiting)
  waiting = 0
  const body = new FormData(form)
  if (!sent) fetch(form.dataset.keep, { method: 'POST', body, keepalive: true, credentials: 'same-origin' }).catch(() => {})
}

if (form) {
  form.addEventListener('input', (event) => {
    const { target, inputType } = event
    const next = fields()[fields().indexOf(target) + 1]
    // Only while typing on at the end: somebody who mends a digit stays where they are.
    if (inputType === 'insertText' && target.selectionStart === target.value.length && whole(target)) next?.focus()
    clearTimeout(waiting)
    waiting = setTimeout(keep, WAIT)
  })
  form.addEventListener('submit', () => { sent = true })
  window.addEventListener('pagehide', () => { if (waiting) keep() })
  window.addEventListener('pageshow', () => { sent = false })
}
