// The least that a store elsewhere can be: it answers each line with the same 4 KB, and does nothing else.
import { createServer } from 'node:net'
import * as v from 'valibot'
import { takeOrders } from '../telemetry/orders.ts'

export const VALUE_BYTES = 4_096
const NEWLINE = 10
const value = Buffer.alloc(VALUE_BYTES, 'x')

const server = createServer((socket) => {
  socket.setNoDelay(true)
  socket.on('data', (lines) => {
    for (const byte of lines) if (byte === NEWLINE) socket.write(value)
  })
})
const listening = new Promise<number>((resolve, reject) => {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (typeof address === 'object' && address) resolve(address.port)
    else reject(new Error('There is no port.'))
  })
})

takeOrders(v.object({ kind: v.literal('port') }), () => listening)
