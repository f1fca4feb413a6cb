// Asks every few seconds for a list that others change, and puts the new one in its place. Nothing that is being typed
// or sent is lost; the place of the keyboard stays. Without this script the page has a link that looks again.
const EVERY = 3000
let busy = false

const list = () => document.querySelector('[data-fresh]')
const inUse = () => list().contains(document.activeElement) && document.activeElement.matches('input, textarea, select')
const words = (element) => element.textContent.replace(/\s+/g, ' ')
const open = (element) => element.querySelectorAll('article').length

function stale () {
  const line = list().querySelector('[data-when]')
  if (line && !line.dataset.stale) {
    line.dataset.stale = '1'
    line.classList.add('note', 'note--danger')
    line.prepend('No connection. This list may be old. ')
  }
}

async function look () {
  if (busy || document.hidden || inUse()) return
  const old = list()
  const answer = await fetch(old.dataset.fresh, { headers: { 'X-Seen': old.dataset.seen }, credentials: 'same-origin' })
  if (!answer.ok || answer.redirected) throw new Error(answer.status)
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const fresh = page.querySelector('[data-fresh]')
  if (!fresh) throw new Error('no list')
  if (busy || inUse()) return
  const focused = old.contains(document.activeElement) ? document.activeElement.id : ''
  const more = open(fresh) - open(old)
  // The proof of what was shown goes on, also where the words are the same.
  old.dataset.seen = fresh.dataset.seen
  if (words(fresh) !== words(old)) old.replaceWith(fresh)
  if (focused) document.getElementById(focused)?.focus()
  if (more > 0) document.getElementById('fresh-said').textContent = `${more} new.`
}

document.addEventListener('submit', () => { busy = true })
window.addEventListener('pageshow', () => { busy = false })
setInterval(() => look().catch(stale), EVERY)
