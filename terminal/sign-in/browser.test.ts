import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { signInByBrowser } from './browser.ts'
import type { SignInService } from './issuer.ts'

/** An issuer that takes any code, and says in the id token what it was asked with. */
async function issuer(nonce: () => string): Promise<SignInService> {
  const server = createServer((_, response) => {
    const claims = { iss: at.issuer, aud: at.clientId, nonce: nonce() }
    const id = `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ access_token: 'given', id_token: id }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => server.close().closeAllConnections())
  // A TCP server's address is no pipe's.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const at: SignInService = {
    issuer: url,
    clientId: 'cli',
    audience: null,
    scope: 'openid',
    authorizationEndpoint: `${url}/authorize`,
    tokenEndpoint: `${url}/token`,
  }
  return at
}

/** The status of a request for what `fetch` would not ask for. */
async function askRaw(port: number, target: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(`GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
  let answer = ''
  for await (const part of socket) answer += part
  return answer.split(' ')[1] ?? ''
}

test('what others ask for meanwhile is not there, and ends nothing', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'constellation-browser-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const browser = path.join(folder, 'browser')
  await writeFile(browser, '#!/bin/sh\n')
  await chmod(browser, 0o700)
  const said: string[] = []
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  onTestFinished(() => stderr.mockRestore())
  let asked = new URLSearchParams()
  const signedIn = signInByBrowser(await issuer(() => asked.get('nonce') ?? ''), browser)
  await vi.waitFor(() => expect(said.join('')).toContain('Sign in at'))
  asked = new URL(/http\S+/.exec(said.join(''))?.[0] ?? '').searchParams
  const back = new URL(asked.get('redirect_uri') ?? '')
  const port = Number(back.port)
  for (const target of ['//', '/signed-in?code=c&state=other', '/']) expect(await askRaw(port, target)).toBe('404')
  expect(await askRaw(port, `${back.pathname}?code=c&state=${asked.get('state')}`)).toBe('200')
  expect((await signedIn).access_token).toBe('given')
})
