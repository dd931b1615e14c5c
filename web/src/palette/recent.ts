// The jobs, GPUs and pages that somebody went to from the palette, kept for each person in this browser.
import * as v from 'valibot'

const MOST = 6

const stored = v.array(v.object({ href: v.pipe(v.string(), v.startsWith('/')), text: v.string() }))
export type RecentPlace = v.InferOutput<typeof stored>[number]

const keyOf = (person: string) => `constellation.recent.${person}`

/** The last first. */
export function recentPlaces(person: string): RecentPlace[] {
  try {
    const parsed = v.safeParse(stored, JSON.parse(localStorage.getItem(keyOf(person)) ?? '[]'))
    return parsed.success ? parsed.output.slice(0, MOST) : []
  } catch {
    return [] // Not JSON: of another version of the page.
  }
}

export function rememberPlace(person: string, place: RecentPlace): void {
  const others = recentPlaces(person).filter(({ href }) => href !== place.href)
  const { href, text } = place
  localStorage.setItem(keyOf(person), JSON.stringify([{ href, text }, ...others].slice(0, MOST)))
}
