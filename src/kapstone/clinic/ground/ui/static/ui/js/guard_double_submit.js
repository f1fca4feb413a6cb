// A form is sent once, however often its button is pressed. Without this script the server still refuses doubles.
const sent = new WeakSet()

document.addEventListener('submit', (event) => {
  const form = event.target
  if (event.defaultPrevented || form.method === 'get') return
  if (sent.has(form)) {
    event.preventDefault()
    return
  }
  sent.add(form)
  // Marked, not disabled: a disabled button would not send its own name and value.
  for (const button of form.elements) {
    if (button.type === 'submit') button.setAttribute('aria-disabled', 'true')
  }
})

// Coming back with the browser's back button, or after a refused answer, the form can be sent again.
window.addEventListener('pageshow', () => {
  for (const form of document.forms) {
    sent.delete(form)
    for (const button of form.elements) button.removeAttribute('aria-disabled')
  }
})
