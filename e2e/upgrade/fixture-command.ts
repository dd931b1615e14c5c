// `npm run release:fixture -- 0.1.0`: keeps what a stack of this checkout makes of its data, to be upgraded by later ones.
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as v from 'valibot'
import { openWorld } from '../testing.ts'
import { fill } from './fill.ts'
import { giveKey, RELEASES } from './releases.ts'
import { runCommand } from './run-command.ts'

const releaseName = v.pipe(
  v.optional(v.string(), ''),
  v.regex(/^\d+\.\d+\.\d+(-pre\.\d+)?$/, 'Name the release: npm run release:fixture -- 0.1.0'),
)

const name = v.parse(releaseName, process.argv[2])
const folder = path.join(RELEASES, name)
const world = await openWorld({}, giveKey)
try {
  const told = await fill(world)
  await rm(folder, { recursive: true, force: true })
  await runCommand(world.stack.home, 'local/backup/backup-command.ts', folder, '--plain')
  await writeFile(path.join(folder, 'told.json'), `${JSON.stringify(told, null, 2)}\n`)
  console.log(`${folder} is written.`)
} finally {
  await world.close()
}
