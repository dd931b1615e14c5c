// The built page under /app/, for everybody: the page itself asks for the token.
import { access } from 'node:fs/promises'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'

const POLICY = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
  "img-src 'self' data:",
  // Widths and colours that the page computes are style attributes in its templates.
  "style-src-attr 'unsafe-inline'",
].join('; ')

const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

const DOCUMENT = 'index.html'

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Constellation</title>
<p>The page has not been built. Run <code>npm start</code>, which builds it, or <code>npm run build</code> for the page alone.</p>
</html>
`

/** Vite names these by a hash of their content, so they never change. */
const HASHED = /^assets[\\/]/
const FOR_EVER = 'public, max-age=31536000, immutable'

/** Serves the page in `folder`, or says that there is none. `speaksTo` is the other server that it may speak to, if any. */
export async function servePage(
  app: FastifyInstance,
  folder: string | undefined,
  speaksTo: () => string | undefined = () => undefined,
): Promise<void> {
  // In a scope of its own, as other parts serve files too.
  await app.register((scope) => addPage(scope, folder, speaksTo))
}

async function addPage(
  app: FastifyInstance,
  folder: string | undefined,
  speaksTo: () => string | undefined,
): Promise<void> {
  const root = path.resolve(folder ?? '.')
  await app.register(fastifyStatic, {
    root,
    serve: false,
    // The build leaves a .br and a .gz beside each file.
    preCompressed: true,
    index: false,
    cacheControl: false,
    // Only for files that are there.
    setHeaders: (reply, file) =>
      void reply.header('cache-control', HASHED.test(path.relative(root, file)) ? FOR_EVER : 'no-cache'),
  })
  app.get('/app', { config: { public: true } }, async (_request, reply) => reply.redirect('/app/'))
  app.get<{ Params: { '*': string } }>('/app/*', { config: { public: true } }, async (request, reply) => {
    const other = speaksTo()
    const policy = other === undefined ? POLICY : `${POLICY}; connect-src 'self' ${other}`
    reply.headers({ ...SECURITY_HEADERS, 'content-security-policy': policy })
    if (folder === undefined || !(await isBuilt(folder))) {
      return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT)
    }
    const file = request.params['*']
    if (file === '' || isNavigation(request, file)) return reply.sendFile(await documentFor(folder, file))
    return isPlain(file) ? reply.sendFile(file) : reply.callNotFound()
  })
}

/** True when the page is there to be served. */
export function isBuilt(folder: string): Promise<boolean> {
  return isThere(folder, DOCUMENT)
}

/**
 * The document of a page of its own, such as `pages/jobs.html` for `jobs` and `pages/jobs.one.html` for `jobs/<id>`,
 * where the build has one: it asks for the scripts of that page at once. The one of all pages does for each.
 */
async function documentFor(folder: string, address: string): Promise<string> {
  const [, page, id] = /^([a-z]+)(\/[^/]+)?$/.exec(address) ?? []
  const own = `pages/${page}${id === undefined ? '' : '.one'}.html`
  return page !== undefined && (await isThere(folder, own)) ? own : DOCUMENT
}

async function isThere(folder: string, file: string): Promise<boolean> {
  try {
    await access(path.join(folder, file))
    return true
  } catch {
    return false // Not there, or not readable: either way it cannot be sent.
  }
}

/** False for a folder, for a path that leads out of ours, and for one that no file system takes. */
function isPlain(file: string): boolean {
  return !file.endsWith('/') && !file.includes('\0') && !file.includes('\\') && !file.split('/').includes('..')
}

/** True for an address inside the page that somebody opens; a script or a picture is asked for otherwise. */
function isNavigation(request: FastifyRequest, file: string): boolean {
  return path.extname(file) === '' && (request.headers.accept ?? '').includes('text/html')
}
