import { expect, test } from 'vitest'
import { isSecret, makeSecret, signedHeaders } from './signature.ts'

test('the signature is the one that Standard Webhooks gives as its example', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const headers = signedHeaders(
    secret,
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    new Date(1_614_265_330_000),
    '{"test": 2432232314}',
  )
  expect(headers).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test('a secret that is made is one, each time another', () => {
  const secret = makeSecret()
  expect(isSecret(secret)).toBe(true)
  expect(makeSecret()).not.toBe(secret)
})

test.each([
  '',
  'whsec_',
  'whsec_c2hvcnQ=',
  `whsec_${'A'.repeat(200)}`,
  'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa!!',
])('%s is no secret', (text) => {
  expect(isSecret(text)).toBe(false)
})
