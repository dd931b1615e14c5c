import { expect, test } from 'vitest'
import { allowedLookup, isAllowedAddress, namesForbiddenAddress } from './addresses.ts'

test.each([
  ['93.184.216.34', true, true],
  ['2606:2800:220:1::1', true, true],
  ['127.0.0.1', false, true],
  ['127.8.8.8', false, true],
  ['10.1.2.3', false, true],
  ['172.16.0.1', false, true],
  ['172.32.0.1', true, true],
  ['192.168.1.1', false, true],
  ['100.64.0.1', false, true],
  ['::1', false, true],
  ['fd12::1', false, true],
  ['0.0.0.0', false, false],
  ['169.254.169.254', false, false],
  ['100.100.100.200', false, false],
  ['fd00:ec2::254', false, false],
  ['fe80::1', false, false],
  ['224.0.0.1', false, false],
  ['255.255.255.255', false, false],
  ['::', false, false],
  ['::ffff:127.0.0.1', false, true],
  ['::ffff:a9fe:a9fe', false, false],
  ['64:ff9b::7f00:1', false, false],
  ['2002:7f00:1::', false, false],
  ['ff02::1', false, false],
])('%s is allowed: %s, and %s where private addresses are', (address, open, onOneMachine) => {
  expect([isAllowedAddress(address, false), isAllowedAddress(address, true)]).toEqual([open, onOneMachine])
})

test.each(['http://127.0.0.1/', 'http://0x7f.1/', 'http://2130706433/', 'http://[::1]/', 'http://[::ffff:10.0.0.1]/'])(
  'an address is known as such however it is written: %s',
  (url) => {
    expect(namesForbiddenAddress(new URL(url).hostname, false)).toBe(true)
  },
)

test('a name is no address, and is refused when it is looked up', async () => {
  expect(namesForbiddenAddress('localhost', false)).toBe(false)
  const look = (allowPrivate: boolean) =>
    new Promise((resolve) => {
      allowedLookup(allowPrivate)('localhost', { all: true }, (error, found) => resolve(error?.message ?? found))
    })
  expect(await look(false)).toBe('The address is one that webhooks may not lead to.')
  expect(await look(true)).toContainEqual(expect.objectContaining({ family: expect.any(Number) }))
})
