// A line between two parts that can be cut: both ways or one way, without either of them being told, as in a network
// that loses every packet. What was sent meanwhile comes late, when the line is whole again.
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type Cut = 'none' | 'both' | 'requests' | 'answers'

export interface Line {
  /** Where it listens, `<address>:<port>`. */
  readonly host: string
  cut(what: Cut): void
  /** Breaks every connection that there is, so that each is made anew. */
  drop(): void
  close(): Promise<void>
}

interface Pair {
  near: Socket
  far: Socket
}

/** `targets` is asked for each connection, and taken in turn where there are several. */
export async function openProxy(targets: () => readonly string[], listenOn = '127.0.0.1'): Promise<Line> {
  const pairs = new Set<Pair>()
  let state: Cut = 'none'
  let turn = 0

  const server = createServer((near) => {
    const all = targets()
    const [host, port] = (all[turn++ % all.length] ?? '').split(':')
    const far = connect({ host: host ?? '', port: Number(port) })
    const pair = { near, far }
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.setNoDelay(true)
      from.on('data', (bytes: Buffer) => {
        if (!to.write(bytes)) from.pause()
      })
      from.on('error', end)
      from.on('close', end)
      from.on('end', () => to.end())
    }
    far.on('drain', () => flow(pair, state))
    near.on('drain', () => flow(pair, state))
    flow(pair, state)
  })
  const drop = () => {
    for (const { near, far } of pairs) {
      near.destroy()
      far.destroy()
    }
  }
  server.listen(0, listenOn)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.')
  return {
    host: `${listenOn}:${address.port}`,
    cut(what) {
      state = what
      for (const pair of pairs) flow(pair, state)
    },
    drop,
    async close() {
      drop()
      server.close()
      await once(server, 'close')
    },
  }
}

function flow({ near, far }: Pair, cut: Cut): void {
  set(near, cut === 'both' || cut === 'requests' || far.writableNeedDrain)
  set(far, cut === 'both' || cut === 'answers' || near.writableNeedDrain)
}

function set(socket: Socket, held: boolean): void {
  if (held) socket.pause()
  else socket.resume()
}
