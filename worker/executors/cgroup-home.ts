// Finds where the worker may make groups of processes, and prepares the place.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Cgroup, type Controller, removeTree } from './cgroup.ts'

/** A hierarchy of groups, and this process's place in it. */
export interface Hierarchy {
  version: 1 | 2
  /** Where it is mounted. */
  mount: string
  /** This process's group, as a path below the mount. */
  own: string
  /** In version 1; in version 2 each group says what it has. */
  controllers: Controller[]
}

const CONTROLLERS: readonly Controller[] = ['memory', 'cpu']

/**
 * The worker's own group in each hierarchy of use, in which those of its runs are made. Empty where none can be
 * had. `parent` is a path below the mounts, or `none`; by default the group that the worker is in. `home` is its
 * directory, which tells it apart from other workers.
 */
export function openCgroups(home: string, parent: string | undefined): Cgroup[] {
  if (process.platform !== 'linux' || parent === 'none') return []
  const name = `constellation-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`
  const found = findHierarchies(readFileSync('/proc/self/mountinfo', 'utf8'), readFileSync('/proc/self/cgroup', 'utf8'))
  return found.flatMap((hierarchy) => prepare(hierarchy, parent ?? hierarchy.own, name) ?? [])
}

/** Removes the worker's own groups, unless runs live on in them. */
export function closeCgroups(groups: readonly Cgroup[]): void {
  for (const { directory } of groups) removeTree(directory)
}

/** The hierarchies that are of use, by what the kernel says of its mounts and of this process. */
export function findHierarchies(mountinfo: string, ownGroups: string): Hierarchy[] {
  const mounts = mountinfo.split('\n').flatMap(readMount)
  const hierarchies = ownGroups.split('\n').flatMap((line) => {
    const [, names, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
    if (names === undefined || path === undefined) return []
    const version = names === '' ? 2 : 1
    const has = (name: string) => names.split(',').includes(name)
    const mount = mounts.find((m) => m.version === version && (version === 2 || m.options.some(has)))
    if (!mount) return []
    const inside = path.startsWith(mount.root) && mount.root !== '/' ? path.slice(mount.root.length) : path
    return [{ version, mount: mount.point, own: inside || '/', controllers: CONTROLLERS.filter(has) } as const]
  })
  return hierarchies.filter(({ version, controllers }) => version === 2 || controllers.length > 0)
}

/** A line of proc_pid_mountinfo(5), if it is of a hierarchy of groups. */
function readMount(line: string) {
  const [left = '', right = ''] = line.split(' - ')
  const [, , , root = '/', point = '/'] = left.split(' ')
  const [type, , options = ''] = right.split(' ')
  if (type !== 'cgroup' && type !== 'cgroup2') return []
  return [{ version: type === 'cgroup2' ? 2 : 1, root, point, options: options.split(',') }]
}

function prepare(hierarchy: Hierarchy, parent: string, name: string): Cgroup | undefined {
  const above = join(hierarchy.mount, parent)
  const directory = join(above, name)
  const origin = join(hierarchy.mount, hierarchy.own)
  try {
    mkdirSync(directory, { recursive: true })
    // To be of use it must take processes, and let them go again.
    writeFileSync(join(directory, 'cgroup.procs'), String(process.pid))
    writeFileSync(join(origin, 'cgroup.procs'), String(process.pid))
  } catch {
    return undefined
  }
  clear(directory)
  const group: Cgroup = { version: hierarchy.version, directory, origin, controllers: [...hierarchy.controllers] }
  return group.version === 2 ? enableControllers(group, above) : group
}

/** Removes what earlier runs left, if nothing lives in it. */
function clear(directory: string): void {
  const groups = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const { name } of groups) removeTree(join(directory, name))
}

/**
 * Controllers are handed down only from groups that have no processes of their own. Where the worker is alone in
 * the one above, as in a service whose groups were delegated to it, it moves into one below.
 */
function enableControllers(group: Cgroup, above: string): Cgroup {
  const hand = (directory: string) => CONTROLLERS.filter((name) => tryToEnable(directory, name))
  let { origin } = group
  let offered = hand(above)
  if (offered.length < CONTROLLERS.length && origin === above && isAlone(above)) {
    const own = join(group.directory, 'worker')
    mkdirSync(own, { recursive: true })
    writeFileSync(join(own, 'cgroup.procs'), String(process.pid))
    origin = own
    offered = hand(above)
  }
  const controllers = offered.filter((name) => tryToEnable(group.directory, name))
  return { ...group, origin, controllers }
}

function tryToEnable(directory: string, controller: Controller): boolean {
  try {
    const file = join(directory, 'cgroup.subtree_control')
    if (!readFileSync(file, 'utf8').trim().split(' ').includes(controller)) writeFileSync(file, `+${controller}`)
    return true
  } catch {
    return false
  }
}

function isAlone(directory: string): boolean {
  return readFileSync(join(directory, 'cgroup.procs'), 'utf8').trim() === String(process.pid)
}
