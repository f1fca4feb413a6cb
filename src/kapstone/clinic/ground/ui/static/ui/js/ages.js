// Shows how old each value is, by the server's clock, and what a device offers now. What somebody is about to take does
// not change under the hand.
let ahead = 0

const now = () => Date.now() + ahead
const seconds = (moment) => Math.max(0, Math.floor((now() - Date.parse(moment)) / 1000))
const minutes = (moment) => Math.floor(seconds(moment) / 60)
const ago = (moment) => minutes(moment) < 1 ? 'just now' : `${minutes(moment)} min ago`
const say = (root, name, words) => root.querySelectorAll(`[data-${name}]`).forEach((one) => {
  const said = String(words(one.dataset[name]))
  if (one.dataset[name] && one.textContent !== said) one.textContent = said
})

export const due = (moment) => Boolean(moment) && now() > Date.parse(moment)
export function setClock (moment) { ahead = Date.parse(moment) - Date.now() }

// True where the page must be drawn anew: an offer has become too old, and its silence is told.
export function tick () {
  say(document, 'minutes', minutes)
  say(document, 'ago', ago)
  say(document, 'seconds', seconds)
  return [...document.querySelectorAll('[data-offer]:not([hidden])')].some((one) =>
    seconds(one.querySelector('[data-seconds]').dataset.seconds) > Number(one.dataset.stale))
}

// True where the page must be drawn anew: the device was silent and is not, or something about its values cannot be true.
export function show (session, offer) {
  const place = document.querySelector(`[data-offer="${session}"]`)
  if (!place || place.matches('form:hover, form:focus-within')) return false
  place.querySelector('[data-seconds]').dataset.seconds = offer.at
  for (const key of ['device', 'words']) place.querySelector(`[data-say="${key}"]`).textContent = offer[key]
  place.querySelectorAll('[name="offer"]').forEach((one) => { one.value = offer.id })
  const back = place.hidden && offer.open
  place.hidden = !offer.open
  return back || offer.remarks !== place.dataset.remarks
}
