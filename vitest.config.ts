import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import LongestFirst from './local/testing/longest-first.ts'

// What Node compiled of the packages, for the process of the next test file.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('.cache/vitest', import.meta.url))

export default defineConfig({
  // One copy of graphql: Vite would take its ES module where Node takes the other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    globalSetup: ['local/testing/vitest-global-setup.ts'],
    reporters: ['default', './local/testing/closing-line.ts'],
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Files start servers and processes of their own; two cores bear no more at once.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // What a busy machine may take: only a test that fails waits so long.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
})
