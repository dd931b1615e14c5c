// The page: served by the gateway under /app/, or by `npx vite` here against a gateway on its usual port.
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'
import { compressAssets } from './compress-assets.ts'

const gateway = 'http://127.0.0.1:4000'

export default defineConfig({
  base: '/app/',
  plugins: [solid(), compressAssets()],
  build: {
    target: 'baseline-widely-available',
    // light-dark() stays as it is written: every browser of that baseline knows it.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/graphql': { target: gateway, ws: true } } },
})
