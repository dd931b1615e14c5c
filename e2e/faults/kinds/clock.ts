// Faults of the calendar: parts that believe it to be another time than the database does.
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { freePort } from '@constellation/local/free-port.ts'
import { repositoryRoot } from '@constellation/local/repository.ts'
import type { Fault } from '../fault.ts'

const SKEW = '10m'

export const clockSkew: Fault = {
  name: 'clock-skew',
  about: 'a worker is ten minutes early and a jobs service ten minutes late: the database’s time decides',
  shape: { jobs: 12, spanMs: 2_000, mostBeats: 15 },
  cutsViews: false,
  missing: () => (findLibrary() ? undefined : 'there is no libfaketime, and apt-get could not download it'),
  async prepare({ rig, onEnd }) {
    const skewed = (by: string) => ({
      LD_PRELOAD: findLibrary() ?? '',
      FAKETIME: by,
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    })
    await rig.startSecondWorker(skewed(`+${SKEW}`))
    onEnd(() => rig.startSecondWorker({}))
    const late = await rig.start('jobs-late', 'jobs', {
      PORT: String(await freePort()),
      LEASE_MS: String(rig.leaseMs),
      ...skewed(`-${SKEW}`),
    })
    onEnd(() => late.stop())
  },
  strike: async ({ untilRunning }) => void (await untilRunning()),
}

/** The library of the system, or else Debian's package, unpacked below `.cache/` without being installed. */
function findLibrary(): string | undefined {
  const [installed] = globSync('/usr/lib/*/faketime/libfaketime.so.1')
  return installed ?? inCache() ?? download()
}

const CACHE = path.join(repositoryRoot, '.cache')

function inCache(): string | undefined {
  const [found] = globSync('faketime/usr/lib/*/faketime/libfaketime.so.1', { cwd: CACHE })
  return found && path.join(CACHE, found)
}

function download(): string | undefined {
  const work = path.join(CACHE, `faketime.${process.pid}`)
  try {
    mkdirSync(work, { recursive: true })
    execFileSync('apt-get', ['download', 'libfaketime'], { cwd: work, stdio: 'ignore', timeout: 30_000 })
    const [file = ''] = globSync('*.deb', { cwd: work })
    execFileSync('dpkg', ['-x', path.join(work, file), path.join(work, 'unpacked')], { stdio: 'ignore' })
    if (!existsSync(path.join(CACHE, 'faketime'))) renameSync(path.join(work, 'unpacked'), path.join(CACHE, 'faketime'))
    return inCache()
  } catch {
    // No such system, no network, or no such package: it is skipped, and says so.
    return undefined
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
