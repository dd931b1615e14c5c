// Where webhooks may lead. Whoever may save one decides where this server connects to, so addresses that only this
// server reaches are refused: when the connection is made, as a name may lead elsewhere by then.
import { lookup as resolve } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Addresses of a machine's own and of private networks, which webhooks may lead to where everybody is on one machine. */
const PRIVATE = blockList(
  ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  ['::1/128', 'fc00::/7'],
)

/** Addresses that no webhook leads to: link-local ones, where clouds keep credentials, and those that are no hosts. */
const NEVER = blockList(
  [
    '0.0.0.0/8',
    '169.254.0.0/16',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/4',
    '240.0.0.0/4',
    // Alibaba's metadata.
    '100.100.100.200/32',
  ],
  // The second one is Amazon's metadata; the others lead to addresses of IPv4, or are for documentation.
  ['fe80::/10', 'fd00:ec2::/32', '2001::/32', '2001:db8::/32', '2002::/16', '3fff::/20'],
)

/** All other addresses of IPv6 are none of hosts that everybody reaches. */
const GLOBAL_V6 = blockList([], ['2000::/3'])

/** True where a webhook may lead to this address, also where IPv6 is written around one of IPv4; `allowPrivate` is for a stack on one machine. */
export function isAllowedAddress(address: string, allowPrivate: boolean): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (NEVER.check(address, family)) return false
  if (PRIVATE.check(address, family)) return allowPrivate
  return family === 'ipv4' ? isIP(address) === 4 : GLOBAL_V6.check(address, family)
}

/** True where a URL's host is an address that is not allowed. Of a name that is known when it is looked up. */
export function namesForbiddenAddress(hostname: string, allowPrivate: boolean): boolean {
  const address = hostname.replace(/^\[(.*)\]$/, '$1')
  return isIP(address) !== 0 && !isAllowedAddress(address, allowPrivate)
}

/** For `node:http`: the addresses of a name. It fails where one is not allowed, as none of such a name is to be trusted. */
export function allowedLookup(allowPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '')
      const forbidden = found.find(({ address }) => !isAllowedAddress(address, allowPrivate))
      const [first] = found
      if (forbidden || !first) return callback(new Error(ADDRESS_REFUSED), '')
      if (options.all) callback(null, found)
      else callback(null, first.address, first.family)
    })
  }
}

/** It names no address: what a name leads to inside is nobody's business. */
export const ADDRESS_REFUSED = 'The address is one that webhooks may not lead to.'

function blockList(v4: readonly string[], v6: readonly string[]): BlockList {
  const list = new BlockList()
  const add = (subnets: readonly string[], family: 'ipv4' | 'ipv6') => {
    for (const subnet of subnets) {
      const [address = '', bits] = subnet.split('/')
      list.addSubnet(address, Number(bits), family)
    }
  }
  add(v4, 'ipv4')
  add(v6, 'ipv6')
  return list
}
