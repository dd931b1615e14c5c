// What the tests' API server keeps: objects, their versions, and what happened to them, for whoever watches.
import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'

export interface Stored {
  kind: string
  metadata: {
    name: string
    namespace: string
    uid: string
    resourceVersion: string
    creationTimestamp: string
    deletionTimestamp?: string
    deletionGracePeriodSeconds?: number
    labels?: Record<string, string>
    annotations?: Record<string, string>
    ownerReferences?: { uid: string }[]
  }
  [field: string]: unknown
}

interface Happening {
  version: number
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  kind: string
  text: string
  labels: Record<string, string>
}

interface Watcher {
  kind: string
  selector: string
  response: ServerResponse
}

export type Store = ReturnType<typeof createStore>

export function createStore() {
  const objects = new Map<string, Stored>()
  const watchers = new Set<Watcher>()
  let history: Happening[] = []
  let version = 1
  let forgotten = 0

  const keyOf = (kind: string, name: string) => `${kind}/${name}`
  const happen = (type: Happening['type'], object: Stored) => {
    version += 1
    object.metadata.resourceVersion = String(version)
    const text = JSON.stringify({ type, object })
    const happening = { version, type, kind: object.kind, text, labels: object.metadata.labels ?? {} }
    history.push(happening)
    for (const watcher of watchers) tell(watcher, happening)
  }
  const tell = ({ kind, selector, response }: Watcher, happening: Happening) => {
    if (kind === happening.kind && matches(happening.labels, selector)) response.write(`${happening.text}\n`)
  }
  const find = (kind: string, name: string) => objects.get(keyOf(kind, name))

  return {
    find,
    version: () => String(version),
    list: (kind: string, selector = '') =>
      [...objects.values()].filter((one) => one.kind === kind && matches(one.metadata.labels ?? {}, selector)),
    /** Undefined where there is one of the name. */
    add(kind: string, body: { metadata?: unknown; [field: string]: unknown }): Stored | undefined {
      const { name, generateName } = Object(body.metadata)
      const called = name ?? `${generateName}${randomUUID().slice(0, 5)}`
      if (find(kind, called)) return undefined
      const creationTimestamp = new Date().toISOString()
      const metadata = {
        namespace: 'jobs',
        ...Object(body.metadata),
        name: called,
        uid: randomUUID(),
        creationTimestamp,
      }
      const object = { ...structuredClone(body), kind, metadata: { ...metadata, resourceVersion: '' } } as Stored
      objects.set(keyOf(kind, called), object)
      happen('ADDED', object)
      return object
    },
    change(object: Stored, change: object) {
      mergeInto(object, structuredClone(change))
      happen('MODIFIED', object)
    },
    remove(object: Stored) {
      if (!objects.delete(keyOf(object.kind, object.metadata.name))) return
      happen('DELETED', object)
    },
    watch(kind: string, selector: string, from: number, response: ServerResponse) {
      const watcher = { kind, selector, response }
      if (from < forgotten) {
        const object = { kind: 'Status', code: 410, reason: 'Expired', message: `too old resource version: ${from}` }
        return void response.end(`${JSON.stringify({ type: 'ERROR', object })}\n`)
      }
      for (const happening of history) if (happening.version > from) tell(watcher, happening)
      watchers.add(watcher)
      response.once('close', () => watchers.delete(watcher))
    },
    /** Tells all who watch how far they have come. */
    bookmark() {
      for (const { kind, response } of watchers) {
        const object = { kind, metadata: { resourceVersion: String(version) } }
        response.write(`${JSON.stringify({ type: 'BOOKMARK', object })}\n`)
      }
    },
    /** Ends all watches, and forgets what they would have to go on from. */
    forget() {
      version += 1
      forgotten = version
      history = []
      for (const { response } of watchers) response.end()
    },
  }
}

/** `a=b,c!=d`. */
function matches(labels: Readonly<Record<string, string>>, selector: string): boolean {
  return selector
    .split(',')
    .filter(Boolean)
    .every((part) => {
      const [, name = '', not, value] = /^([^!=]+)(!?)=(.*)$/.exec(part) ?? []
      return not ? labels[name] !== value : labels[name] === value
    })
}

/** As https://www.rfc-editor.org/rfc/rfc7386 has it. */
function mergeInto(target: Record<string, unknown>, patch: object): void {
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete target[name]
    else if (typeof value !== 'object' || Array.isArray(value)) target[name] = value
    else {
      const inner = Object(target[name])
      target[name] = inner
      mergeInto(inner, value)
    }
  }
}
