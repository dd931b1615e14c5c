// The page: served by the gateway under /app/, or by `npx vite` here against a gateway on its usual port.
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'
import { compressAssets } from './compress-assets.ts'
import { pageDocuments } from './page-documents.ts'
import { splitDocuments } from './split-documents.ts'
import { translate } from './translate.ts'
import { withoutParser } from './without-parser.ts'

const gateway = 'http://127.0.0.1:4000'

/** What every page needs from the start: one file, which shrinks better than thirty small ones. */
const COMMON =
  /node_modules\/(solid-js(?!\/store)|@solidjs\/router|@urql|wonka|@0no-co|graphql|graphql-ws)\/|src\/shared\/(?!field|choices|modal-dialog|sign-in|time-tip|person-sheet)|src\/(jobs|operate|tokens)\/(cache|place|wanted|state-after)\.ts|src\/session\/issuer-traces|src\/jobs\/(words|table-words|state-label|views-bar\.module)\.|preload-helper/

/** Of a build in another language: `npx vite build --mode de`. */
const IN_ENGLISH = ['production', 'development']

const BASE = '/app/'

export default defineConfig(({ mode }) => ({
  base: BASE,
  plugins: [
    ...(IN_ENGLISH.includes(mode) ? [] : [translate(mode)]),
    splitDocuments(),
    withoutParser(),
    solid(),
    pageDocuments(BASE),
    compressAssets(),
  ],
  build: {
    target: 'baseline-widely-available',
    // light-dark() stays as it is written: every browser of that baseline knows it.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: 'common', test: COMMON }],
        },
      },
    },
  },
  server: { proxy: { '/graphql': { target: gateway, ws: true } } },
}))
