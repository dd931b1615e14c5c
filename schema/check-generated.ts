// Fails where a generated file is not what the contracts make today: `npm run check`. The files are then
// written anew, so that what is left to do is to look at them and commit.
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const before = generatedFiles()
const { status } = spawnSync('npm', ['run', '--silent', 'generate'], { cwd: root, stdio: 'inherit' })
if (status !== 0) process.exit(1)
const after = generatedFiles()

const stale = [...new Set([...before.keys(), ...after.keys()])].filter((file) => before.get(file) !== after.get(file))
if (stale.length > 0) {
  console.error(
    `These files were stale, and have been generated anew. Look at them and commit:\n${stale.map((file) => `  ${file}`).join('\n')}`,
  )
  process.exit(1)
}

/** The text of every generated file, by its path from the root. */
function generatedFiles(): Map<string, string> {
  const files = globSync(
    [
      '{schema,services/*,worker,terminal,gateway/rest,web/src,k8s/observability}/generated/*',
      'docs/observability.md',
      'docs/reference/**/*.md',
    ],
    { cwd: root },
  )
  return new Map(files.map((file) => [file, readFileSync(`${root}/${file}`, 'utf8')]))
}
