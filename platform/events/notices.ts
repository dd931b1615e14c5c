// What is said once, and may be missed without harm.
import * as v from 'valibot'
import { instant } from './event.ts'

/** Jobs were given to workers, or have come or gone: where others stand in the queue may have changed. */
export const queueMoved = v.object({ at: instant })

/** An API token was revoked. Whoever misses it learns so when the token is next checked. */
export const tokenRevoked = v.object({ id: v.pipe(v.string(), v.uuid()) })

/** Of all workers, the share that is to wake up; each decides by chance whether it is among them. */
export const wake = v.object({ share: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) })
