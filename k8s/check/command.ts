// `npm run check:k8s`: puts every overlay together and says what is wrong with it, and with the image and compose.yaml.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { checkImage } from '../image/check-image.ts'
import { checkCompose } from './check-compose.ts'
import { checkOverlay, describeFault, type Overlay } from './check-overlay.ts'
import { knownSecrets } from './known-elsewhere.ts'
import { OVERLAYS, renderOverlay, VARIANTS } from './render.ts'
import type { Fault } from './resources.ts'

async function main(): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), 'constellation-keys-'))
  try {
    const secrets = await knownSecrets(home)
    const results = [
      ...(await Promise.all(OVERLAYS.map((overlay) => checkOne(overlay, `k8s/overlays/${overlay}`, secrets)))),
      ...(await Promise.all(VARIANTS.map(({ overlay, folder }) => checkOne(overlay, folder, secrets)))),
      { of: 'Dockerfile', faults: checkImage() },
      { of: 'compose.yaml', faults: await checkCompose(home) },
    ]
    for (const { of, faults } of results) {
      console.log(
        faults.length === 0 ? `✓ ${of}` : `✗ ${of}\n${faults.map((each) => `  ${describeFault(each)}`).join('\n')}`,
      )
    }
    if (results.some(({ faults }) => faults.length > 0)) process.exitCode = 1
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function checkOne(
  overlay: Overlay,
  folder: string,
  secrets: Awaited<ReturnType<typeof knownSecrets>>,
): Promise<{ of: string; faults: Fault[] }> {
  const resources = await renderOverlay(folder)
  return {
    of: `${folder}, ${resources.length} resources`,
    faults: await checkOverlay(overlay, resources, secrets),
  }
}

await main()
