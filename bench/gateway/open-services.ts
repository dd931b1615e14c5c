// Loaded before a service's main: it then answers without the gateway's signature, which the other gateways cannot
// give. The rest of the service is as it is. For this benchmark alone: nothing of it lies in the services' own code.
import { registerHooks } from 'node:module'

const OPEN = new URL('open-identity.ts', import.meta.url).href

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context)
    if (!resolved.url.endsWith('/platform/identity.ts') || context.parentURL === OPEN) return resolved
    return { ...resolved, url: OPEN }
  },
})
