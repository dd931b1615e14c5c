import type { Plugin, Rollup } from 'vite'

/**
 * The pages by the name of a file of `dist/pages`: where the address ends in an id, `jobs.one`, else `jobs`. The
 * gateway sends the file that belongs to the address.
 */
export const PAGES: Readonly<Record<string, string>> = {
  jobs: 'src/jobs/jobs-page.tsx',
  'jobs.one': 'src/job/job-page.tsx',
  gpus: 'src/gpus/gpus-page.tsx',
  'gpus.one': 'src/gpu/gpu-page.tsx',
  queue: 'src/queue/queue-page.tsx',
  usage: 'src/usage/usage-page.tsx',
  tokens: 'src/tokens/tokens-page.tsx',
}

/**
 * Gives each page a document of its own, which asks for the page's scripts and styles. From the one document of all
 * pages a browser learns of them only once it has run the scripts that all pages have: a round trip later.
 */
export function pageDocuments(base: string): Plugin {
  return {
    name: 'page-documents',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const common = bundle['index.html']
        if (common?.type !== 'asset')
          throw new Error('The build has no index.html to make the documents of pages from.')
        const html = String(common.source)
        for (const [name, module] of Object.entries(PAGES)) {
          const files = filesOf(bundle, module).filter((file) => !html.includes(file))
          const source = stylesFirst(
            html.replace('  </head>', `${files.map((file) => `    ${linkTo(base + file)}\n`).join('')}  </head>`),
          )
          this.emitFile({ type: 'asset', fileName: `pages/${name}.html`, source })
        }
      },
    },
  }
}

/** The chunk of a page, and all that it imports, with their styles. */
function filesOf(bundle: Rollup.OutputBundle, module: string): string[] {
  const page = Object.values(bundle).find((file) => file.type === 'chunk' && file.facadeModuleId?.endsWith(module))
  if (page?.type !== 'chunk') throw new Error(`The build has no chunk for ${module}.`)
  const found = new Set<string>()
  const follow = (chunk: Rollup.OutputChunk) => {
    if (found.has(chunk.fileName)) return
    found.add(chunk.fileName)
    for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style)
    for (const name of chunk.imports) {
      const imported = bundle[name]
      if (imported?.type === 'chunk') follow(imported)
    }
  }
  follow(page)
  return [...found]
}

/** Scripts of the page itself do not keep the styles and the scripts of all pages waiting. */
function linkTo(address: string): string {
  return address.endsWith('.css')
    ? `<link rel="stylesheet" crossorigin href="${address}">`
    : `<link rel="modulepreload" crossorigin fetchpriority="low" href="${address}">`
}

/** Without its styles nothing of a page is painted. Each link is a line of its own. */
function stylesFirst(html: string): string {
  const lines = html.split('\n')
  const isStyle = (line: string) => line.includes('rel="stylesheet"')
  const others = lines.filter((line) => !isStyle(line))
  return others
    .toSpliced(
      others.findIndex((line) => line.includes('<script')),
      0,
      ...lines.filter(isStyle),
    )
    .join('\n')
}
