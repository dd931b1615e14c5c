// Lets only so many do something at once; the others wait in line, for a bounded time and in a bounded number.

export interface TurnstileOptions {
  atOnce: number
  /** How many may wait. */
  inLine: number
  /** How long each may wait, in milliseconds. */
  patienceMs: number
}

/** Who was turned away: the line was full, or did not move in time. */
export class TurnedAway extends Error {
  constructor() {
    super('There is too much to do.')
    this.name = 'TurnedAway'
  }
}

export interface Turnstile {
  /** Does `work` when it is its turn. @throws TurnedAway where its turn did not come */
  through<Result>(work: () => Promise<Result>): Promise<Result>
}

export function createTurnstile({ atOnce, inLine, patienceMs }: TurnstileOptions): Turnstile {
  let inside = 0
  // A Set keeps the order of arrival, and lets go of one in the middle at no cost.
  const line = new Set<() => void>()

  function wait(): Promise<void> {
    if (line.size >= inLine) throw new TurnedAway()
    return new Promise((resolve, reject) => {
      const enter = () => {
        clearTimeout(patience)
        resolve()
      }
      const patience = setTimeout(() => {
        line.delete(enter)
        reject(new TurnedAway())
      }, patienceMs)
      line.add(enter)
    })
  }

  /** Hands the place on to who waits longest. */
  function leave(): void {
    const [next] = line
    if (!next) {
      inside -= 1
      return
    }
    line.delete(next)
    next()
  }

  return {
    async through(work) {
      if (inside >= atOnce) await wait()
      else inside += 1
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
