// Saves a safety answer as soon as it is chosen, so that it is seen though the page is left. Continue saves it too.
const form = document.querySelector('form[data-save-safety]')

form?.addEventListener('change', () => {
  const body = new FormData(form)
  body.set('keep', '1')
  // A failure changes nothing on the page: Continue sends the same answer.
  fetch(window.location.pathname, { method: 'POST', body, keepalive: true }).catch(() => {})
})
