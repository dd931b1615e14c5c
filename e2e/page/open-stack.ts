import type { Browser } from 'playwright-core'
import type { World } from '../testing.ts'

/** What several stories share, as the start of a stack takes longer than most of them. */
export interface OpenStack {
  world: World
  browser: Browser
}
