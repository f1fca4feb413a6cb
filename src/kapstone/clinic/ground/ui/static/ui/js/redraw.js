// Draws the parts of an open page anew, around what is being typed. One look at a time; asked for meanwhile, once more.
const PATIENCE = 5000
const parts = (root) => [...root.querySelectorAll('[data-live]')]
let [busy, drawing, again] = [false, false, false]

export const page = (root = document) => root.querySelector('[data-changed]').dataset
export const owed = () => again

async function fetched () {
  const answer = await fetch(location.href, { headers: { 'X-Fresh': '1' }, signal: AbortSignal.timeout(PATIENCE) })
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  if (!answer.ok || answer.redirected || !parts(fresh).length) throw new Error(answer.status)
  return fresh
}

// Resolves to whether the page is now as the server has it.
export async function draw () {
  again = drawing || document.hidden
  if (again || busy) return false
  drawing = true
  const fresh = await fetched().finally(() => { drawing = false })
  for (const part of busy ? [] : parts(document)) {
    const other = fresh.querySelector(`[data-live="${part.dataset.live}"]`)
    if (other && !part.querySelector('input:focus, textarea:focus, select:focus')) part.replaceWith(other)
  }
  Object.assign(page(), { next: '' }, page(fresh))
  return again ? draw() : true
}

document.addEventListener('submit', () => { busy = true })
window.addEventListener('pageshow', () => { busy = false })
