// Puts an overlay together as `kubectl apply -k` would.
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { findKubectl } from '@constellation/local/setup/kubectl.mjs'
import { parseAllDocuments } from 'yaml'
import { type Resource, readResources } from './resources.ts'

export const OVERLAYS = ['single-node', 'production'] as const

/** What is checked beside them: overlays with components that none takes by itself. */
export const VARIANTS = [
  { overlay: 'production', folder: 'k8s/check/meshed' },
  { overlay: 'production', folder: 'k8s/check/clustered' },
] as const

const run = promisify(execFile)

/** @throws Error with what kustomize says, or where there is no kubectl */
export async function renderOverlay(folder: string): Promise<Resource[]> {
  const program = findKubectl(repositoryRoot)
  if (!program) throw new Error('There is no kubectl. Run `node local/setup.mjs manifests` to fetch it.')
  const { stdout } = await run(program, ['kustomize', path.resolve(repositoryRoot, folder)], { maxBuffer: 2 ** 26 })
  return readResources(parseAllDocuments(stdout).map((document) => document.toJS()))
}
