import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@constellation/platform/log.ts'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { openApi } from './api.ts'
import { settings } from './config.ts'
import { register, registerChanges } from './register.ts'
import { startFakeDocker } from './testing/fake-docker.ts'
import { startFakeGateway } from './testing/fake-gateway.ts'

test('a worker registers again when what it can do has changed, and else not', async () => {
  const log = createLogger('test', 'silent')
  const home = await mkdtemp(join(tmpdir(), 'constellation-register-'))
  await writeFile(join(home, 'token'), 'token')
  const gateway = await startFakeGateway('token')
  const docker = await startFakeDocker(join(home, 'docker.sock'))
  const api = openApi(gateway.url, join(home, 'token'), log)
  let woken = 0
  let notice: string | null = null
  const worker: Parameters<typeof register>[0] = {
    id: 'worker',
    config: {
      ...v.parse(settings, {
        GATEWAY_URL: gateway.url,
        NATS_URL: 'nats://127.0.0.1:4222',
        TOKEN_FILE: join(home, 'token'),
        DOCKER_SOCKET: docker.socket,
        WORKER_HOME: home,
        CPU_SLOTS: '7',
      }),
      inherited: {},
    },
    log,
    api,
    gpus: { list: async () => [], notice: () => notice },
    wakeClaims: () => {
      woken += 1
    },
    runs: new Map(),
    registered: [],
    gpuNotice: null,
    executors: [],
    stopped: new AbortController(),
  }
  const said = () => gateway.state.registrations.map(({ executors }) => executors)
  await register(worker)
  await registerChanges(worker)
  expect(said()).toEqual([['PROCESS', 'DOCKER']])
  await docker.goAway()
  await registerChanges(worker)
  await docker.comeBack()
  await registerChanges(worker)
  expect(said().slice(1)).toEqual([['PROCESS'], ['PROCESS', 'DOCKER']])
  expect(woken).toBe(2)
  notice = 'there is no NVIDIA driver here.'
  expect(await registerChanges(worker)).toBe(true)
  expect(await registerChanges(worker)).toBe(false)
  expect(gateway.state.registrations.at(-1)).toMatchObject({
    gpuNotice: notice,
    capacity: { cpus: availableParallelism(), memoryMb: Math.floor(totalmem() / 2 ** 20), cpuSlots: 7 },
  })
  await docker.stop()
  await api.close()
  await gateway.stop()
  await rm(home, { recursive: true, force: true })
})
