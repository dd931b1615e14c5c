// What manifests may name that others make: operators, the cluster, and whoever runs the place.
import { type Contents, HOSTS, makeContents } from '../secrets/contents.ts'

/** Secrets of `npm run cluster:secrets` by name, and those that are put there as k8s/README.md says. */
export async function knownSecrets(home: string): Promise<Contents> {
  return {
    ...(await makeContents(home, HOSTS.kubernetes)),
    // Made by CloudNativePG, for its Cluster `postgres`.
    'postgres-ca': { 'ca.crt': 'example' },
    'postgres-backup': { ACCESS_KEY_ID: 'example', SECRET_ACCESS_KEY: 'example' },
    'usage-bucket': { LAKE_BUCKET_KEY_ID: 'example', LAKE_BUCKET_SECRET: 'example' },
    // A token for each worker, by its name.
    'worker-tokens': {},
  }
}

/** Made as the first use of them asks for it, by cert-manager. */
export const MADE_BY_CERT_MANAGER = ['constellation-tls', 'letsencrypt-account']

/** Services that CloudNativePG makes for its Cluster `postgres`. */
export const SERVICES_ELSEWHERE = ['postgres-rw', 'postgres-ro', 'postgres-r']

/** Put into every namespace by Kubernetes: how its API server is known. */
export const CONFIG_MAPS_ELSEWHERE: Readonly<Record<string, readonly string[]>> = { 'kube-root-ca.crt': ['ca.crt'] }

export const RUNTIME_CLASSES = ['nvidia']
