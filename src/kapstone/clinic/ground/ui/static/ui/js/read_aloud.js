// Reads the question of a page aloud, by a voice of this device alone: no word leaves it. Without one there is no button.
const part = document.querySelector('[data-aloud]')
const speech = window.speechSynthesis
const language = document.documentElement.lang.split('-')[0]
const voice = () => speech?.getVoices().find((one) => one.localService && one.lang.startsWith(language))

function offer () {
  if (!part || !voice() || document.getElementById('aloud')) return
  const button = document.createElement('button')
  button.id = 'aloud'
  button.type = 'button'
  button.className = 'btn btn--2'
  button.textContent = part.dataset.aloud
  button.addEventListener('click', () => {
    speech.cancel()
    for (const line of part.querySelectorAll('h1, p, legend, .opt span')) {
      const said = new SpeechSynthesisUtterance(line.textContent.trim())
      said.voice = voice()
      if (said.text && !line.closest('.vh, .hint')) speech.speak(said)
    }
  })
  part.before(button)
}

offer()
speech?.addEventListener('voiceschanged', offer)
window.addEventListener('pagehide', () => speech?.cancel())
