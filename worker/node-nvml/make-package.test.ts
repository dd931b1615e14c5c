import { execFileSync } from 'node:child_process'
import { existsSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { describeWithFake } from './testing.ts'

const MAKE = fileURLToPath(new URL('make-package.ts', import.meta.url))

describeWithFake('the package as others install it', (lab) => {
  test('it is JavaScript with types, and works from node_modules, threads and fake library too', () => {
    const modules = lab.path('node_modules')
    const made = join(modules, 'node-nvml')
    execFileSync(process.execPath, [MAKE, made])
    symlinkSync(fileURLToPath(new URL('.', import.meta.resolve('koffi'))), join(modules, 'koffi'))
    expect(existsSync(join(made, 'monitor.d.ts'))).toBe(true)
    const script = lab.path('script.mjs')
    writeFileSync(
      script,
      `import { openMonitor } from 'node-nvml/monitor'
       import { openNvml } from 'node-nvml'
       import { buildFake } from 'node-nvml/fake/build'
       const { path } = buildFake('${lab.path('other.so')}')
       const monitor = await openMonitor({ library: path })
       console.log(openNvml(path).deviceCount(), (await monitor.sample()).length, await monitor.close())`,
    )
    expect(execFileSync(process.execPath, [script], { encoding: 'utf8' }).trim()).toBe('8 8 true')
  })
})
