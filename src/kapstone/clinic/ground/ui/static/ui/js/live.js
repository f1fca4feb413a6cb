// Keeps an open page of a session true: it is told of each new line and each offered value. Where nobody tells it, it
// asks. After five seconds without a word, or with a look that is owed, it says that what stands here may be old.
import { due, setClock, show, tick } from './ages.js'
import { follow, listen } from './one_stream.js'
import { draw, looks, page } from './redraw.js'
const [EVERY, ASK, OLD, REST, BRAKE] = [1000, 3000, 5000, 2000, 5000]
let [heard, asking, beside] = [Date.now(), false, false]

const redraw = () => draw().then(() => page().listen && follow(page().listen)).catch(() => {})
function told ({ now, session, mark, chairs, offer }) {
  heard = Date.now()
  if (now) setClock(now)
  const mine = session === page().session
  const newest = session ? mark : chairs
  if (mine && newest !== undefined && newest !== page().mark) redraw()
  if (offer && (show(session, offer) | (mine && offer.remarks !== page().remarks))) redraw()
  beside ||= Boolean(page().session) && chairs === ''
}
async function ask () {
  asking = true
  const answer = await fetch(page().changed, { credentials: 'same-origin', signal: AbortSignal.timeout(OLD) })
  if (!answer.ok || answer.redirected) throw new Error(answer.status)
  const { now, told: every } = await answer.json()
  every.forEach((one) => told({ now, ...one }))
}
function look () {
  tick()
  const [line, since] = [document.getElementById('live-said'), Date.now() - looks.drawn]
  const silent = Math.max(Date.now() - heard, looks.owed && Date.now() - looks.owed)
  if (silent > OLD && line.hidden) line.querySelector('time').textContent = new Date(Date.now() - silent).toLocaleTimeString()
  line.hidden = silent <= OLD
  const turn = looks.owed || since > (page().trust || 60) * 1000 || due(page().next) || (beside && since > BRAKE)
  if (turn && !looks.going && Date.now() - looks.tried > REST) { beside = false; redraw() }
  if (Date.now() - heard > ASK && !asking && !document.hidden) begin()
}
const begin = () => ask().catch(() => {}).finally(() => { asking = false })
setClock(page().now)
if (page().listen) listen(page().listen, told)
setInterval(look, EVERY)
window.addEventListener('pageshow', begin)
