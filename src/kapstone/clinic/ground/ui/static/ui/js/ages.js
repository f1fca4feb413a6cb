// Shows how old each value is, by the server's clock, and the newest that a device offers. What somebody is about to
// take does not change under the hand, and nothing older takes the place of something newer.
const HELD = matchMedia('(hover: hover)').matches ? 'form:hover, form:focus-within' : 'form:focus-within'
const newest = new Map()
let ahead = 0
const now = () => Date.now() + ahead
const seconds = (moment) => Math.max(0, Math.floor((now() - Date.parse(moment)) / 1000))
const minutes = (moment) => Math.floor(seconds(moment) / 60)
const ago = (moment) => minutes(moment) < 1 ? 'just now' : `${minutes(moment)} min ago`
const place = (session) => document.querySelector(`[data-offer="${session}"]`)
const shown = (where) => where.querySelector('[data-seconds]').dataset
const older = (one, other) => Boolean(other) && Date.parse(one) < Date.parse(other)
const say = (name, words) => document.querySelectorAll(`[data-${name}]`).forEach((one) => {
  const said = String(words(one.dataset[name]))
  if (one.dataset[name] && one.textContent !== said) one.textContent = said
})

export const due = (moment) => Boolean(moment) && now() > Date.parse(moment)
export const setClock = (moment) => { ahead = Date.parse(moment) - Date.now() }
export const tick = () => { say('minutes', minutes); say('ago', ago); say('seconds', seconds) }

function put (where, offer) {
  if (where.matches(HELD) || older(offer.at, shown(where).seconds)) return
  shown(where).seconds = offer.at
  for (const key of ['device', 'words']) where.querySelector(`[data-say="${key}"]`).textContent = offer[key]
  where.querySelectorAll('[name="offer"]').forEach((one) => { one.value = offer.id })
  where.hidden = !offer.open
}
// True where the page must be drawn anew: the device was silent and is not, or what is said beside its values is another.
export function show (session, offer) {
  const where = place(session)
  if (older(offer.at, newest.get(session)?.at)) return false
  newest.set(session, offer)
  const again = where && (offer.remarks !== where.dataset.remarks || (where.hidden && offer.open))
  if (where) put(where, offer)
  return Boolean(again)
}
export const restore = () => newest.forEach((offer, session) => {
  if (place(session) && older(shown(place(session)).seconds, offer.at)) put(place(session), offer)
})
