// How the set-up shows what it does: a spinner on a terminal, plain lines elsewhere.

/** How often the spinner turns, and how often a plain log says that a step still runs, in milliseconds. */
const SPIN_MS = 120
const HEARTBEAT_MS = 10_000
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** A failure that the person at the keyboard can do something about; the message says what. */
export class SetupError extends Error {}

/**
 * Runs `work` and shows its title, its seconds, and what it notes on the way.
 * @param {string} title
 * @param {(note: (text: string) => void) => Promise<string | void>} work resolves to a remark, if any
 */
export async function showStep(title, work) {
  const began = Date.now()
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`
  let noted = ''
  const show = process.stdout.isTTY ? spinner() : heartbeat(title)
  const timer = setInterval(() => show.tick(`${title}${noted && `: ${noted}`}`, seconds()), show.everyMs)
  try {
    const remark = await work((text) => {
      noted = text
    })
    show.end(`✓ ${title} (${seconds()})${remark ? `: ${remark}` : ''}`)
  } catch (error) {
    show.end(`✗ ${title} (${seconds()})`)
    throw error
  } finally {
    clearInterval(timer)
  }
}

function spinner() {
  let frame = 0
  return {
    everyMs: SPIN_MS,
    /** @param {string} text @param {string} time */
    tick(text, time) {
      frame = (frame + 1) % FRAMES.length
      const line = `${FRAMES[frame]} ${text} ${time}`
      process.stdout.write(`\r\x1b[K${line.slice(0, (process.stdout.columns || 80) - 1)}`)
    },
    /** @param {string} text */
    end: (text) => process.stdout.write(`\r\x1b[K${text}\n`),
  }
}

/** @param {string} title */
function heartbeat(title) {
  console.log(`… ${title}`)
  return {
    everyMs: HEARTBEAT_MS,
    /** @param {string} text @param {string} time */
    tick: (text, time) => console.log(`  still at it after ${time}: ${text}`),
    /** @param {string} text */
    end: (text) => console.log(text),
  }
}
