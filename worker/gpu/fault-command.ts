// `npm run gpu-fault -- 1 xid 79`: lets a simulated GPU of the stack on this machine fail, or heal; with NVML_LIBRARY
// one of that library, which must be a fake.
import { parseArgs } from 'node:util'
import { createLogger } from '@constellation/platform/log.ts'
import * as v from 'valibot'
import { openApi } from '../api.ts'
import { SimulatedGpusDocument, type SimulatedGpusQuery } from '../generated/documents.ts'
import { readTerminalConfig } from './config.ts'
import { failFake } from './fake-fault.ts'
import { FAULT_WORDS, fault } from './fault.ts'
import { appendFault, faultLogPath } from './fault-log.ts'

const USAGE = `Usage: npm run gpu-fault -- <GPU> <fault>

  <GPU>     the index of a simulated GPU of the stack on this machine, or its UUID or the beginning of that
  <fault>   ${FAULT_WORDS}

With NVML_LIBRARY=<path of a fake library>, a GPU of that library by its index.`

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      gateway: { type: 'string' },
      'token-file': { type: 'string' },
      'worker-home': { type: 'string' },
    },
  })
  const { gateway, 'token-file': tokenFile, 'worker-home': home } = values
  const [given = '', ...words] = positionals
  const word = words.join(':').toLowerCase()
  const parsed = v.safeParse(fault, word)
  if (!parsed.success) throw new Error(`${given === '' ? 'Say which GPU, and what.' : 'Say what.'}\n\n${USAGE}`)
  const { NVML_LIBRARY: library } = readTerminalConfig()
  if (library !== undefined) return failFake(library, v.parse(index, given), parsed.output)
  if (gateway === undefined || tokenFile === undefined || home === undefined) {
    throw new Error('No stack runs on this machine: there is no GPU that could fail. Start one with npm start.')
  }
  const gpu = pick(await simulatedGpus(gateway, tokenFile), given)
  await appendFault(faultLogPath(home), { gpu: gpu.uuid, fault: word })
  const heal = word === 'heal' ? '' : ` It is healed by: npm run gpu-fault -- ${gpu.index} heal`
  console.log(`GPU ${gpu.index} (${gpu.uuid}): ${words.join(' ')}.${heal}`)
}

const index = v.pipe(v.string(), v.regex(/^\d{1,3}$/, 'must be the index of a GPU'), v.transform(Number))

type Gpu = NonNullable<SimulatedGpusQuery['gpus']>['nodes'][number]

/** The stack's own worker is the first and only one whose home this machine has. */
async function simulatedGpus(gateway: string, tokenFile: string): Promise<readonly Gpu[]> {
  const api = openApi(gateway, tokenFile, createLogger('gpu-fault', 'silent'))
  try {
    const { gpus } = await api.send(SimulatedGpusDocument, {})
    return gpus?.nodes.filter(({ state }) => state !== 'MISSING') ?? []
  } finally {
    await api.close()
  }
}

/** @throws Error where none is meant, or several are */
function pick(gpus: readonly Gpu[], given: string): Gpu {
  const isIndex = /^\d{1,3}$/.test(given)
  const [gpu, another] = gpus.filter(({ index, uuid }) =>
    isIndex ? index === Number(given) : uuid.replace(/^SIM-/, '').startsWith(given.replace(/^SIM-/, '')),
  )
  if (gpu && !another) return gpu
  const known = gpus.map(({ index, uuid }) => `  ${index}  ${uuid}`).join('\n')
  if (known === '') throw new Error('The stack has no simulated GPU: nothing can be done to real ones.')
  throw new Error(`${gpu ? 'Several simulated GPUs are' : 'No simulated GPU is'} ${given}. There are:\n${known}`)
}

await main(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
