// One stream for all tabs of a browser: whichever holds the lock listens for all and passes on what it hears, because a
// browser opens few connections to one server. A tab whose sessions are not listened to hears nothing, and asks itself.
const [KINDS, LATER, MOST] = [['session', 'chairs', 'beat'], 10000, 40]
const channel = new BroadcastChannel('kapstone-live')
let [source, wanted, mine, hear] = [null, [], [], () => {}]
const covered = (topics, by) => topics.every((one) => by.includes(one))

function open () {
  source?.close()
  source = new EventSource(`/live/?${wanted.join('&')}`)
  for (const kind of KINDS) source.addEventListener(kind, ({ data }) => pass({ told: JSON.parse(data), to: wanted }))
  // It opens itself again after a break; where the server has nothing to say here, much later.
  source.onerror = ({ target }) => {
    if (target === source && target.readyState === EventSource.CLOSED) setTimeout(open, LATER)
  }
}
function pass (said) {
  channel.postMessage(said)
  if (covered(mine, said.to)) hear(said.told)
}
function want (topics) {
  if (covered(topics, wanted)) return
  const [all, fewer] = [[...new Set([...wanted, ...topics])], [...new Set([...mine, ...topics])]]
  wanted = all.length <= MOST ? all : fewer.length <= MOST ? fewer : wanted
  if (covered(topics, wanted)) open()
}
channel.onmessage = ({ data }) => {
  if (data.told && covered(mine, data.to)) hear(data.told)
  else if (data.want && source) want(data.want)
  else if (data.who && !source) channel.postMessage({ want: mine })
}
export function follow (topics) {
  mine = topics.split('&')
  source ? want(mine) : channel.postMessage({ want: mine })
}
export function listen (topics, told) {
  hear = told
  follow(topics)
  navigator.locks?.request('kapstone-live', () => new Promise(() => { want(mine); channel.postMessage({ who: true }) }))
}
