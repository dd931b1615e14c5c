// `node run.ts <script> <iterations>`: the logic of a k6 script without k6, one user after the other. What it measures is
// nothing; that its requests are right, and its checks hold, can be seen. Prints the checks as JSON.
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

const MODULES: Readonly<Record<string, string>> = {
  k6: 'k6.ts',
  'k6/http': 'http.ts',
  'k6/metrics': 'metrics.ts',
  'k6/timers': 'timers.ts',
  'k6/websockets': 'websockets.ts',
}

registerHooks({
  resolve(specifier, context, next) {
    const ours = MODULES[specifier]
    return next(ours === undefined ? specifier : new URL(ours, import.meta.url).href, context)
  },
})

const [script = '', iterations = '1'] = process.argv.slice(2)
Object.assign(globalThis, { __ENV: process.env })
const { default: iterate } = await import(pathToFileURL(script).href)
for (let i = 0; i < Number(iterations); i++) iterate()
process.once('beforeExit', async () => {
  const { checks } = await import('./k6.ts')
  console.log(JSON.stringify(Object.fromEntries(checks)))
})
