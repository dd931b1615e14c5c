/** How often each held, and did not. */
export const checks = new Map<string, { passes: number; fails: number }>()

export function check<Value>(value: Value, all: Readonly<Record<string, (value: Value) => boolean>>): boolean {
  const held = Object.entries(all).map(([name, holds]) => {
    const tally = checks.get(name) ?? { passes: 0, fails: 0 }
    checks.set(name, tally)
    const passed = holds(value)
    tally[passed ? 'passes' : 'fails'] += 1
    return passed
  })
  return held.every(Boolean)
}

/** Nobody waits here. */
export function sleep(): void {}
