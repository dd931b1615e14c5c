import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['local/vitest-global-setup.ts'],
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Files start servers and processes of their own; two cores bear no more at once.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
