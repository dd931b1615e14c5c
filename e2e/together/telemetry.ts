import { beforeAll, expect, test, vi } from 'vitest'
import { openSocket, settled, submit, type World, watchJob } from '../testing.ts'
import { theStack } from './the-stack.ts'

let world: World
beforeAll(async () => {
  world = await theStack()
})

interface Sample {
  gpuId: string
  at: string
  utilisationPercent: number
  powerWatts: number
}

const CHARTS = `query ($id: ID!, $from: DateTime!) {
  job(id: $id) { runs { startedAt finishedAt gpus { id } telemetry(points: 60) { gpu { id simulated } rollups {
    at seconds maxUtilisationPercent meanPowerWatts energyJoules
  } } } }
  gpus { nodes { id history(from: $from) { at maxUtilisationPercent } } }
}`

interface Rollup {
  at: string
  seconds: number
  maxUtilisationPercent: number
  meanPowerWatts: number
  energyJoules: number
}
interface Charts {
  job: {
    runs: {
      startedAt: string
      finishedAt: string
      gpus: { id: string }[]
      telemetry: { gpu: { id: string; simulated: boolean }; rollups: Rollup[] }[]
    }[]
  }
  gpus: { nodes: { id: string; history: { at: string; maxUtilisationPercent: number }[] }[] }
}

async function chartsOf(id: string, from: string): Promise<Charts> {
  const answer = await world.rest('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: CHARTS, variables: { id, from } }),
  })
  const { data, errors }: { data: Charts; errors?: unknown[] } = await answer.json()
  expect(errors).toBeUndefined()
  return data
}

test('a job’s GPU is watched live, and its charts stay after the job has ended', async () => {
  const from = new Date().toISOString()
  const socket = openSocket(world)
  const live = socket.iterate<{ gpuTelemetry: Sample[] }>({
    query: 'subscription { gpuTelemetry(everyMs: 250) { gpuId at utilisationPercent powerWatts } }',
  })
  const job = await submit(world, { command: ['sleep', '4'], gpus: 1 })
  const ended = watchJob(world, job.id, settled)
  let busy: Sample | undefined
  for await (const { data } of live) {
    busy = data?.gpuTelemetry.find(({ utilisationPercent }) => utilisationPercent > 20)
    if (busy) break
  }
  await socket.dispose()
  await ended

  // The last samples are rolled up after the end is told.
  await vi.waitFor(
    async () => {
      const { job: shown, gpus } = await chartsOf(job.id, from)
      const [run] = shown.runs
      expect(run?.gpus).toEqual([{ id: busy?.gpuId }])
      expect(run?.telemetry).toMatchObject([{ gpu: { id: busy?.gpuId, simulated: true } }])
      const rollups = run?.telemetry[0]?.rollups ?? []
      expect(Math.max(...rollups.map(({ maxUtilisationPercent }) => maxUtilisationPercent))).toBeGreaterThan(20)
      const seconds = (Date.parse(run?.finishedAt ?? '') - Date.parse(run?.startedAt ?? '')) / 1000
      const watts = Math.max(...rollups.map(({ meanPowerWatts }) => meanPowerWatts))
      const joules = rollups.reduce((sum, { energyJoules }) => sum + energyJoules, 0)
      // Of a run of some seconds, its first and its last are a good part.
      expect(joules).toBeGreaterThan((watts * seconds) / 4)
      expect(joules).toBeLessThan(watts * (seconds + 3) * 2)
      const history = gpus.nodes.find(({ id }) => id === busy?.gpuId)?.history ?? []
      expect(history.map(({ maxUtilisationPercent }) => maxUtilisationPercent)).toContainEqual(expect.any(Number))
    },
    { timeout: 15_000, interval: 500 },
  )
})
