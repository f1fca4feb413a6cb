// Asks every few seconds whether a session has moved on, and then puts the new parts of the page in their place. What
// is being typed stays. After five seconds without an answer the page says that it may be old.
const EVERY = 2000
const OLD = 5000
const TRUST = 20000
const live = () => document.querySelector('[data-changed]')
const parts = (root) => [...root.querySelectorAll('[data-live]')]
let [heard, drawn, busy] = [Date.now(), Date.now(), false]

function say () {
  const line = document.getElementById('live-said')
  const old = Date.now() - heard > OLD
  if (old && line.hidden) line.querySelector('time').textContent = new Date(heard).toLocaleTimeString()
  line.hidden = !old
}

async function look () {
  if (busy || document.hidden) return
  const answer = await fetch(live().dataset.changed, { credentials: 'same-origin', signal: AbortSignal.timeout(OLD) })
  if (!answer.ok || answer.redirected) throw new Error(answer.status)
  const mark = await answer.text()
  if (mark !== live().dataset.mark || Date.now() - drawn > TRUST) {
    const page = await fetch(location.href, { headers: { 'X-Fresh': '1' }, signal: AbortSignal.timeout(OLD) })
    const fresh = new DOMParser().parseFromString(await page.text(), 'text/html')
    if (!page.ok || page.redirected || !parts(fresh).length) throw new Error(page.status)
    if (busy) return
    for (const part of parts(document)) {
      const other = fresh.querySelector(`[data-live="${part.dataset.live}"]`)
      if (other && !part.querySelector('input:focus, textarea:focus, select:focus')) part.replaceWith(other)
    }
    live().dataset.mark = mark
    drawn = Date.now()
  }
  heard = Date.now()
}

document.addEventListener('submit', () => { busy = true })
window.addEventListener('pageshow', () => { busy = false })
setInterval(() => { look().catch(() => {}); say() }, EVERY)
