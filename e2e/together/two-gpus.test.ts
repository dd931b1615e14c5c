import { afterAll, beforeAll, describe, vi } from 'vitest'
import { closeTheStack, theStack } from './the-stack.ts'

beforeAll(async () => {
  // For the one log that is too long.
  vi.stubEnv('LOG_LIMIT_MB', '1')
  await theStack()
}, 120_000)
afterAll(closeTheStack)

// In this order: the first wants a log in which nothing is yet, the last leaves a GPU that has to prove itself.
describe('the audit log', async () => void (await import('./audit.ts')))
describe('bad input', async () => void (await import('./bad-input.ts')))
describe('the way of a job', async () => void (await import('./main-job.ts')))
describe('submission', async () => void (await import('./submission.ts')))
describe('the client of REST', async () => void (await import('./client.ts')))
describe('tokens', async () => void (await import('./api-tokens.ts')))
describe('logs', async () => void (await import('./logs.ts')))
describe('/stream', async () => void (await import('./stream.ts')))
describe('exports', async () => void (await import('./usage-exports.ts')))
describe('telemetry', async () => void (await import('./telemetry.ts')))
describe('policy', async () => void (await import('./policy.ts')))
describe('commands for GPUs', async () => void (await import('./gpu-commands.ts')))
