// Keeps an open page of a session true: it is told of each new line and each offered value. Where nobody tells it, it
// asks. After five seconds without a word from the server it says that what stands here may be old.
import { due, setClock, show, tick } from './ages.js'
import { listen } from './one_stream.js'
import { draw, owed, page } from './redraw.js'
const [EVERY, ASK, OLD, SOON, TRUST] = [1000, 3000, 5000, 2000, 60000]
let [heard, drawn, asking] = [Date.now(), Date.now(), false]

function redraw () {
  draw().then((done) => { if (done) drawn = heard = Date.now() }).catch(() => {})
}

function told ({ now, session, mark, chairs, offer }) {
  heard = Date.now()
  if (now) setClock(now)
  const here = session ? session === page().session && mark : page().session ? undefined : chairs
  const moved = here !== undefined && here !== page().mark
  if (moved || (offer && show(session, offer))) redraw()
}

async function ask () {
  asking = true
  const answer = await fetch(page().changed, { credentials: 'same-origin', signal: AbortSignal.timeout(OLD) })
  if (!answer.ok || answer.redirected) throw new Error(answer.status)
  const { now, told: every } = await answer.json()
  every.forEach((one) => told({ now, ...one }))
}

function look () {
  const [line, silent] = [document.getElementById('live-said'), Date.now() - heard]
  if (silent > OLD && line.hidden) line.querySelector('time').textContent = new Date(heard).toLocaleTimeString()
  line.hidden = silent <= OLD
  const since = Date.now() - drawn
  if (tick() || owed() || since > TRUST || (since > SOON && due(page().next))) redraw()
  if (silent > ASK && !asking && !document.hidden) ask().catch(() => {}).finally(() => { asking = false })
}

setClock(page().now)
listen(page().listen.split('&'), told)
setInterval(look, EVERY)
