import { afterAll, beforeAll, describe } from 'vitest'
import { closeTheStack, theStack } from './the-stack.ts'

beforeAll(async () => {
  await theStack({ CONSTELLATION_SIMULATED_GPUS: '1' })
}, 120_000)
afterAll(closeTheStack)

describe('operators', async () => void (await import('./operators.ts')))
describe('waiting', async () => void (await import('./waiting.ts')))
