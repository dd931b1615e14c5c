// `npm run -s cluster:secrets -- --home keys | kubectl apply -f -`: the Secrets of a cluster; with `--for compose` the files
// that compose.yaml names. The keys stay in the home: whoever has it is the whole deployment.
import { chmod, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { makeHome } from '@constellation/local/home.ts'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { writeFileAtomically } from '@constellation/local/write-file.ts'
import { stringify } from 'yaml'
import { type Contents, HOSTS, makeComposeContents, makeContents } from './contents.ts'

const USAGE = `Usage: npm run -s cluster:secrets -- --home FOLDER [--for kubernetes|compose] [--postgres HOST:PORT [--replicas HOST:PORT]]

  --home      the folder of the keys; made where it is missing. Keep it as you keep a password.
  --for       kubernetes (prints Secrets) or compose (writes files into the home); default: kubernetes
  --postgres  where a PostgreSQL of your own answers (default: ${HOSTS.kubernetes.postgres})
  --replicas  where replicas of that one do, if there are some (default: ${HOSTS.kubernetes.replicas})`

const NAMESPACE = 'constellation'

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      home: { type: 'string' },
      for: { type: 'string', default: 'kubernetes' },
      postgres: { type: 'string' },
      replicas: { type: 'string' },
    },
  })
  if (values.home === undefined) throw new Error('--home is missing.')
  const home = path.resolve(repositoryRoot, values.home)
  await makeHome(home)
  switch (values.for) {
    case 'kubernetes': {
      const { postgres, replicas } = values
      const contents = await makeContents(home, { ...HOSTS.kubernetes, ...(postgres && { postgres, replicas }) })
      return void process.stdout.write(asSecrets(contents))
    }
    case 'compose':
      await writeFiles(path.join(home, 'compose'), await makeComposeContents(home))
      return console.log(`The files are in ${path.join(home, 'compose')}.`)
    default:
      throw new Error('--for must be kubernetes or compose.')
  }
}

/** Secrets as `kubectl apply` takes them. */
export function asSecrets(contents: Contents): string {
  const documents = Object.entries(contents).map(([name, stringData]) =>
    stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace: NAMESPACE },
      type: 'password' in stringData ? 'kubernetes.io/basic-auth' : 'Opaque',
      stringData,
    }),
  )
  return documents.join('---\n')
}

/** Variables as `<name>.env`, files as `<name>/<file>`; read by the containers' users, in a folder that nobody else enters. */
export async function writeFiles(folder: string, contents: Contents): Promise<void> {
  for (const [name, entries] of Object.entries(contents)) {
    const files = Object.entries(entries).filter(([key]) => key.includes('.'))
    const variables = Object.entries(entries).filter(([key]) => !key.includes('.'))
    if (files.length > 0) await mkdir(path.join(folder, name), { recursive: true })
    for (const [file, text] of files) await writeFileAtomically(path.join(folder, name, file), text, 0o644)
    const env = variables.map(([key, value]) => `${key}=${value}\n`).join('')
    if (env !== '') await writeFileAtomically(path.join(folder, `${name}.env`), env, 0o600)
  }
  await chmod(folder, 0o700)
}

if (import.meta.main) {
  main().catch((error) => {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
    process.exitCode = 1
  })
}
