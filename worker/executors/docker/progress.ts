// How far a pull is, in a sentence.

/** What the daemon tells, line by line. */
export interface PullMessage {
  id?: string
  status?: string
  progressDetail?: { current?: number; total?: number }
  error?: string
  errorDetail?: { message?: string }
}

/** Sums up what is told of each layer. */
export function createProgress() {
  const layers = new Map<string, { current: number; total: number; done: boolean }>()
  return {
    take({ id, status = '', progressDetail }: PullMessage): void {
      // The first line has the image's tag for an id.
      if (id === undefined || status.startsWith('Pulling from')) return
      const layer = layers.get(id) ?? { current: 0, total: 0, done: false }
      if (status === 'Downloading') {
        layer.current = progressDetail?.current ?? layer.current
        layer.total = progressDetail?.total ?? layer.total
      }
      if (status === 'Download complete') layer.current = layer.total
      layer.done ||= status === 'Pull complete' || status === 'Already exists'
      layers.set(id, layer)
    },
    sentence(): string {
      const all = [...layers.values()]
      const megabytes = (key: 'current' | 'total') => Math.round(all.reduce((sum, layer) => sum + layer[key], 0) / 1e6)
      const done = all.filter((layer) => layer.done).length
      return `Pulling: ${done} of ${all.length} layers are here, ${megabytes('current')} of ${megabytes('total')} MB are loaded.`
    },
  }
}
