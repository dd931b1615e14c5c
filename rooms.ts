// The rooms of the house, and which other rooms the code of each may import: `npm run check` holds it to that.
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

const SERVICE = ['platform', 'schema']

/** A service looks whether the database is of its release. */
const OWNER_OF_TABLES = [...SERVICE, 'db']

/** What is named on the right may be imported by what is on the left; a room may always import from itself. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  schema: [],
  platform: ['schema'],
  'services/jobs': OWNER_OF_TABLES,
  'services/gpus': OWNER_OF_TABLES,
  // It makes its ledger again, too, beside the one that stands.
  'services/usage': OWNER_OF_TABLES,
  gateway: SERVICE,
  // Its view of the GPUs is the terminal's, of a machine without a stack too.
  worker: [...SERVICE, 'worker/node-nvml', 'terminal'],
  // Others could publish and use it: it knows nothing of the house.
  'worker/node-nvml': [],
  web: [],
  terminal: ['schema'],
  db: ['platform'],
  local: ['platform', 'db'],
  // The reference is made of what each program says of itself.
  docs: [
    'local',
    'platform',
    'db',
    'gateway',
    'services/jobs',
    'services/gpus',
    'services/usage',
    'worker',
    'terminal',
  ],
  // What is deployed is held against what each program reads.
  k8s: ['local', 'platform', 'db', 'gateway', 'services/jobs', 'services/gpus', 'services/usage', 'worker'],
  // The client of REST is tried there.
  e2e: ['local', 'platform', 'schema', 'worker/node-nvml'],
  // Its rules and dashboards speak of what every program tells.
  'k8s/observability': [
    ...SERVICE,
    'services/jobs',
    'services/gpus',
    'services/usage',
    'gateway',
    'worker',
    'local',
    'e2e',
  ],
  // It measures what the services do without what stands before them.
  bench: ['e2e', 'local', 'platform', 'db', 'services/jobs', 'services/usage', 'worker', 'worker/node-nvml'],
}

/** Tests may start real servers. */
const FOR_TESTS = ['local', 'db']
const IS_TEST = /\.test\.tsx?$|(^|\/)test(ing)?[-.]|\/testing\//

const roomOfPackage = new Map(
  Object.keys(ROOMS).map((room) => [JSON.parse(readFileSync(`${room}/package.json`, 'utf8')).name, room]),
)
const faults = globSync(
  Object.keys(ROOMS).map((room) => `${room}/**/*.{ts,tsx,mjs}`),
  {
    exclude: (file) => /(^|\/)(node_modules|dist)(\/|$)/.test(file),
  },
).flatMap(faultsOf)
if (faults.length > 0) {
  console.error(`Imports that cross from one room into another, against rooms.ts:\n${faults.join('\n')}`)
  process.exit(1)
}

function faultsOf(file: string): string[] {
  const from = roomOfPath(file)
  if (from === undefined) return []
  const allowed = [from, ...(ROOMS[from] ?? []), ...(IS_TEST.test(file) ? FOR_TESTS : [])]
  return importsOf(file).flatMap((specifier) => {
    const to = specifier.startsWith('.')
      ? roomOfPath(path.join(path.dirname(file), specifier))
      : roomOfSpecifier(specifier)
    return to === undefined || allowed.includes(to) ? [] : [`  ${file}: ${specifier}`]
  })
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/(?:from|import|import\()\s*'([^']+)'/g)].flatMap((match) => match[1] ?? [])
}

/** The innermost room that a path lies in. */
function roomOfPath(file: string): string | undefined {
  const rooms = Object.keys(ROOMS).filter((room) => file.startsWith(`${room}/`))
  return rooms.toSorted((a, b) => b.length - a.length)[0]
}

function roomOfSpecifier(specifier: string): string | undefined {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  return roomOfPackage.get(name)
}
