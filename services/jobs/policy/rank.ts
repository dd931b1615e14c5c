// In which order waiting jobs are served: those for which GPUs are kept here, then the earliest, where a job of an
// account that has had much counts as if it had come later.
import { balanceOf, lagOf, NO_USE, type Share } from './fair-share.ts'
import type { Lane, Waiting } from './requests.ts'

export interface Head {
  lane: Lane
  job: Waiting
}

export interface Ranking {
  /** The job that is to be served first of those that are left; undefined when there is none. */
  next(): Head | undefined
  /** The job is served: its account has so much more, and its lane goes on. */
  serve(head: Head): void
  /** The job is passed over, and its lane goes on. */
  skip(head: Head): void
  /** None of the lane's jobs can be served now. */
  close(head: Head): void
}

/** `workerId` is the worker that claims. The shares are changed as jobs are served. */
export function rank(lanes: readonly Lane[], shares: ReadonlyMap<string, Share>, workerId: string): Ranking {
  const open = new Map(lanes.map((lane) => [lane, 0]))
  const ofAccounts = new Map(lanes.map(({ account }) => [account, { ...(shares.get(account) ?? NO_USE) }]))
  const shareOf = (lane: Lane) => ofAccounts.get(lane.account) ?? NO_USE
  let lags = new Map<string, number>()
  const measure = () => {
    const balance = balanceOf(ofAccounts.values())
    lags = new Map([...ofAccounts].map(([account, share]) => [account, lagOf(share, balance)]))
  }
  measure()

  const rankOf = ({ lane, job }: Head) =>
    job.keptBy === workerId ? -Infinity : job.place + (lags.get(lane.account) ?? 0)
  const goOn = (lane: Lane) => {
    const at = (open.get(lane) ?? 0) + 1
    if (at < lane.waiting.length) open.set(lane, at)
    else open.delete(lane)
  }

  return {
    next() {
      let first: Head | undefined
      for (const [lane, at] of open) {
        const job = lane.waiting[at]
        if (!job || !withinLimits(shareOf(lane), lane)) {
          open.delete(lane)
          continue
        }
        const head = { lane, job }
        if (!first || isBefore(rankOf(head), job, rankOf(first), first.job)) first = head
      }
      return first
    },
    serve({ lane }) {
      const share = ofAccounts.get(lane.account)
      if (share) {
        share.held += Math.max(1, lane.gpuCount)
        share.runs += 1
      }
      if (ofAccounts.size > 1) measure()
      goOn(lane)
    },
    skip: ({ lane }) => goOn(lane),
    close: ({ lane }) => void open.delete(lane),
  }
}

/** True where the account may have one more run of this lane. */
export function withinLimits(share: Share, { gpuCount }: Pick<Lane, 'gpuCount'>): boolean {
  if (share.usedUp) return false
  return share.runs < share.maxRuns && (gpuCount === 0 || share.held + gpuCount <= share.maxGpus)
}

function isBefore(rankA: number, a: Waiting, rankB: number, b: Waiting): boolean {
  return rankA < rankB || (rankA === rankB && a.jobId < b.jobId)
}
