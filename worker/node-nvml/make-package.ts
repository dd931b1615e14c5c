// Makes the package as others install it, since Node runs no TypeScript from node_modules: JavaScript, its types, and
// the sources of the fake library. `node make-package.ts <folder>`, then `npm publish <folder>`.
import { execFileSync } from 'node:child_process'
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const HERE = import.meta.dirname
const THREADS = ['monitor/requests-thread.ts', 'monitor/events-thread.ts']
const COMMAND = 'fake/command.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('The folder to make it in is missing: node make-package.ts <folder>')
  process.exitCode = 2
} else makePackage(resolve(folder))

interface Manifest {
  private: boolean
  exports: Record<string, string>
}

function makePackage(to: string): void {
  const manifest: Manifest = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8'))
  const { private: _, exports, ...about } = manifest
  rmSync(to, { recursive: true, force: true })
  compile([...Object.values(exports), ...THREADS, COMMAND], to)
  for (const file of [...globSync('fake/*.{c,h}', { cwd: HERE }), 'README.md']) cpSync(join(HERE, file), join(to, file))
  const published = {
    ...about,
    bin: { 'fake-nvml': asJavaScript(COMMAND) },
    exports: Object.fromEntries(Object.entries(exports).map(([name, file]) => [name, asJavaScript(file)])),
  }
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(published, null, 2)}\n`)
}

/** Types are found beside the JavaScript. */
function compile(files: readonly string[], to: string): void {
  const options = ['--outDir', to, '--rootDir', HERE, '--noEmit', 'false', '--declaration', '--ignoreConfig']
  const language = ['--target', 'es2024', '--lib', 'es2024', '--module', 'nodenext', '--types', 'node', '--strict']
  const given = [...options, ...language, '--skipLibCheck', '--rewriteRelativeImportExtensions']
  execFileSync('npx', ['tsc', ...given, ...files.map((file) => join(HERE, file))], { cwd: HERE, stdio: 'inherit' })
}

function asJavaScript(file: string): string {
  return file.replace(/\.ts$/, '.js')
}
