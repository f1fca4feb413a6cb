// Draws the parts of an open page anew, around what is being typed and what is just being pressed. A look that is owed
// stays owed until it was made: a page that could not be drawn anew is not true.
import { restore } from './ages.js'
const [PATIENCE, SENDING, PRESSED] = [5000, 10000, 2000]
const IN_USE = 'input:focus, textarea:focus, select:focus'
const parts = (root) => [...root.querySelectorAll('[data-live]')]
const names = (root) => parts(root).map((one) => one.dataset.live).sort().join()
const [now, used] = [() => Date.now(), { sent: 0, pressed: 0 }]
const held = () => document.hidden || now() - used.sent < SENDING || now() - used.pressed < PRESSED

export const page = (root = document) => root.querySelector('[data-changed]').dataset
export const looks = { owed: 0, wanted: 0, tried: 0, drawn: now(), going: false }

async function fetched () {
  const answer = await fetch(location.href, { headers: { 'X-Fresh': '1' }, signal: AbortSignal.timeout(PATIENCE) })
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  if (!answer.ok || answer.redirected || !parts(fresh).length) throw new Error(answer.status)
  return fresh
}
export async function draw () {
  looks.wanted = now()
  looks.owed ||= looks.wanted
  if (looks.going || held()) return
  const begun = Object.assign(looks, { tried: now(), going: true }).tried
  const fresh = await fetched().finally(() => { looks.going = false })
  if (held()) return
  if (names(fresh) !== names(document) && !document.querySelector(IN_USE)) return location.reload()
  for (const part of parts(document)) {
    const other = fresh.querySelector(`[data-live="${part.dataset.live}"]`)
    if (other && !part.querySelector(IN_USE)) part.replaceWith(other)
  }
  Object.assign(page(), { next: '' }, page(fresh))
  Object.assign(looks, { drawn: now(), owed: looks.wanted > begun ? looks.wanted : 0 })
  restore()
}
document.addEventListener('submit', () => { used.sent = now() })
document.addEventListener('pointerdown', () => { used.pressed = now() })
for (const kind of ['pointerup', 'pointercancel']) document.addEventListener(kind, () => { used.pressed = 0 })
