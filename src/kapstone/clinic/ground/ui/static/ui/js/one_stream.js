// One stream from the server for all tabs of a browser: the tab that holds the lock listens for all of them and passes
// on what it hears, because a browser opens few connections to one server, and forms need them too.
const KINDS = ['session', 'chairs', 'beat']
const [LATER, MANY] = [10000, 30]
const channel = new BroadcastChannel('kapstone-live')
let [source, wanted, mine, hear] = [null, new Set(), [], () => {}]

function open () {
  source?.close()
  source = new EventSource(`/live/?${[...wanted].join('&')}`)
  for (const kind of KINDS) source.addEventListener(kind, ({ data }) => pass({ kind, ...JSON.parse(data) }))
  // It opens itself again after a break; where the server has nothing to say here, much later.
  source.onerror = ({ target }) => {
    if (target === source && target.readyState === EventSource.CLOSED) setTimeout(open, LATER)
  }
}

function pass (told) {
  channel.postMessage({ told })
  hear(told)
}

function want (topics) {
  if (source && topics.every((one) => wanted.has(one))) return
  wanted = new Set(wanted.size < MANY ? [...wanted, ...topics] : [...mine, ...topics])
  open()
}

channel.onmessage = ({ data }) => {
  if (data.told) hear(data.told)
  else if (data.want && source) want(data.want)
  else if (data.who && !source) channel.postMessage({ want: mine })
}

export function listen (topics, told) {
  [mine, hear] = [topics, told]
  channel.postMessage({ want: mine })
  navigator.locks?.request('kapstone-live', () => new Promise(() => { want(mine); channel.postMessage({ who: true }) }))
}
