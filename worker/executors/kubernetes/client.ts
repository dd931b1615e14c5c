// The way to a cluster's API server, by the official client, and what its refusals mean.
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type {
  BatchV1Api,
  Configuration,
  ConfigurationOptions,
  CoreV1Api,
  KubeConfig,
  Log,
  RequestContext,
  ResponseContext,
  Watch,
} from '@kubernetes/client-node'
import type { ClusterAccess } from '../../shim/files.ts'

/** How long the server may take for what is no stream, in milliseconds. */
const ANSWER_MS = 15_000
const PAUSE_MS = { first: 100, longest: 5_000 }

export interface Cluster {
  jobs: BatchV1Api
  core: CoreV1Api
  watch: Watch
  log: Log
  /** Changes some fields of an object and leaves the others. */
  merge: ConfigurationOptions
}

/** Loaded by those alone who need it: the client takes half a second and 90 MB. */
export async function openCluster(access: ClusterAccess): Promise<Cluster> {
  const client = await import('@kubernetes/client-node')
  const config = new client.KubeConfig()
  if ('kubeconfig' in access) config.loadFromFile(access.kubeconfig)
  else loadAccount(config, access)
  const middleware = [
    {
      pre: async (context: RequestContext) => {
        context.setSignal(AbortSignal.timeout(ANSWER_MS))
        return context
      },
      post: async (context: ResponseContext) => context,
    },
  ]
  const make = <T extends BatchV1Api | CoreV1Api>(api: new (configuration: Configuration) => T): T => {
    const server = config.getCurrentCluster()
    if (!server) throw new Error('The kubeconfig names no cluster.')
    return new api(
      client.createConfiguration({
        baseServer: new client.ServerConfiguration(server.server, {}),
        authMethods: { default: config },
        promiseMiddleware: middleware,
      }),
    )
  }
  return {
    jobs: make(client.BatchV1Api),
    core: make(client.CoreV1Api),
    watch: new client.Watch(config),
    log: new client.Log(config),
    merge: client.setHeaderOptions('Content-Type', client.PatchStrategy.MergePatch, {
      middlewareMergeStrategy: 'append',
    }),
  }
}

/** What Kubernetes gives to a pod; its token is read anew as it is renewed. */
function loadAccount(config: KubeConfig, { server, account }: { server: string; account: string }): void {
  config.loadFromClusterAndUser(
    { name: 'cluster', server, caFile: join(account, 'ca.crt'), skipTLSVerify: false },
    { name: 'account', authProvider: { name: 'tokenFile', config: { tokenFile: join(account, 'token') } } },
  )
}

/** The HTTP status of the server's refusal; undefined where the server was not heard at all. */
export function statusOf(error: unknown): number | undefined {
  const { code, statusCode } = Object(error)
  return [code, statusCode].find((status): status is number => typeof status === 'number')
}

/** What the server said, in its own words and without the client's. */
export function wordsOf(error: unknown): string {
  const body = parsed(Object(error).body)
  if (typeof body?.message === 'string') return body.message
  const cause = Object(error).cause
  const words = error instanceof Error ? error.message : String(error)
  return (cause instanceof Error ? `${words}: ${cause.message}` : words).split('\n', 2).join(' ').trim()
}

function parsed(body: unknown): { message?: unknown } | undefined {
  if (typeof body !== 'string') return Object(body)
  try {
    return Object(JSON.parse(body))
  } catch {
    return undefined
  }
}

/** True where another attempt may fare better: the server was not heard, is too busy, or is ill. */
function mayPass(error: unknown): boolean {
  const status = statusOf(error)
  return status === undefined ? wasNotHeard(error) : status === 408 || status === 429 || status >= 500
}

/** Not where the client itself finds fault with something. */
function wasNotHeard(error: unknown): boolean {
  if (error instanceof DOMException) return true
  return error instanceof Error && ('cause' in error || ('code' in error && typeof error.code === 'string'))
}

/** How long the server asks to be left alone, in milliseconds. */
function retryAfterMs(error: unknown): number {
  const seconds = Number(Object(Object(error).headers)['retry-after'])
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1_000) : 0
}

/** When to try again after so many failures. */
export function pauseMs(failures: number, error: unknown): number {
  return Math.max(retryAfterMs(error), Math.min(PAUSE_MS.first * 2 ** failures, PAUSE_MS.longest))
}

/**
 * Asks until there is an answer.
 * @throws what the server refuses with, and whatever happens once `signal` is aborted
 */
export async function insist<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    signal?.throwIfAborted()
    try {
      return await call()
    } catch (error) {
      if (!mayPass(error)) throw error
      await delay(pauseMs(failures, error), undefined, signal && { signal })
    }
  }
}
