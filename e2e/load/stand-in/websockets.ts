// Node's own, as k6 calls it.
import Ws from 'ws'

export class WebSocket extends Ws {
  constructor(url: string, _protocols: null, { headers }: { headers: Record<string, string> }) {
    super(url, headers['Sec-WebSocket-Protocol'])
  }
}
