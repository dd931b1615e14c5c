// A folder with a fake library of eight GPUs, and stand-ins for the programs that others ask.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildFake } from 'node-nvml/fake/build'
import type { Fake } from 'node-nvml/fake/steer'

export const GPUS = 8

export interface Lab {
  fake: Fake
  /** Has an `nvidia-smi` and an `lspci` that print what they would on a machine with eight GPUs. */
  programs: string
  close(): void
}

export function openLab(): Lab {
  const folder = mkdtempSync(path.join(tmpdir(), 'gpu-sampling-'))
  const fake = buildFake(path.join(folder, 'libnvidia-ml.so.1'))
  fake.configure({ gpus: GPUS })
  const buses = Array.from({ length: GPUS }, (_, index) => (0x65 + index).toString(16))
  writeProgram(path.join(folder, 'nvidia-smi'), buses.map(smiLine))
  writeProgram(path.join(folder, 'lspci'), buses.flatMap(lspciLines))
  return {
    fake,
    programs: folder,
    close: () => {
      fake.unload()
      rmSync(folder, { recursive: true })
    },
  }
}

function writeProgram(file: string, lines: readonly string[]): void {
  writeFileSync(file, `#!/bin/sh\ncat <<'END'\n${lines.join('\n')}\nEND\n`)
  chmodSync(file, 0o755)
}

function smiLine(bus: string): string {
  const metrics = '[N/A], 81920, 5053, 76294, 87, 31, 61, 70, 312.50, 400.00, 1410, 1593'
  return `580.65.06, 0x147F10DE, NVIDIA A100-SXM4-80GB, 00000000:${bus.toUpperCase()}:00.0, ${metrics}`
}

function lspciLines(bus: string): string[] {
  return [
    `${bus}:00.0 3D controller: NVIDIA Corporation GA100 [A100 SXM4 80GB] (rev a1)`,
    '\tSubsystem: NVIDIA Corporation Device 147f',
    '\tRegion 1: Memory at 4000000000 (64-bit, prefetchable) [size=128G]',
    '\tKernel driver in use: nvidia',
    '',
  ]
}
