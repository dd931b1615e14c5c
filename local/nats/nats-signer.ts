// What the gateway makes the NATS credentials of workers elsewhere with: a key that can make nothing but workers.
import path from 'node:path'
import { publicKeyOf } from '@constellation/platform/nats/nats-credentials.ts'
import type { NatsKeys } from '../secrets.ts'
import { writeFileAtomically } from '../write-file.ts'

/** Writes it to a file that only its owner may read. Returns its path. */
export async function writeNatsSigner(home: string, { account, workers }: NatsKeys): Promise<string> {
  const file = path.join(home, 'nats', 'worker-signer.json')
  const signer = { account: publicKeyOf(account), seed: workers }
  await writeFileAtomically(file, `${JSON.stringify(signer)}\n`, 0o600)
  return file
}
