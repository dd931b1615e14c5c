import { fleet } from './fleet.ts'
import type { Board } from './panel.ts'
import { queue } from './queue.ts'
import { system } from './system.ts'

export const BOARDS: readonly Board[] = [system, queue, fleet]
