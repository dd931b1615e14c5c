// The address of whoever asks, behind the proxies that are known: what X-Forwarded-For says up to the first that is not.
import type { IncomingMessage } from 'node:http'
import proxyAddress from '@fastify/proxy-addr'

export type AddressOf = (request: IncomingMessage) => string | undefined

/** Without proxies whoever is connected is the client, whatever it says. */
export const ofConnection: AddressOf = ({ socket }) => socket.remoteAddress

/** `trusted` are addresses and networks, such as `10.0.0.0/8`. */
export function createAddressOf(trusted: readonly string[]): AddressOf {
  if (trusted.length === 0) return ofConnection
  const isTrusted = proxyAddress.compile([...trusted])
  return (request) => proxyAddress(request, isTrusted)
}
