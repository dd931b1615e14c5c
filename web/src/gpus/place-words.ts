import { seesAllRuns } from '../shared/roles.ts'
import type { Place } from './standing.ts'
import { words } from './words.ts'

/** What the places are called, for who is signed in. */
export function placeWords(): Record<Place, string> {
  return seesAllRuns() ? words.places : words.ownPlaces
}
