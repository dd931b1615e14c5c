// What a worker may say and hear on NATS: what is its own, and nothing of another's.
import type { NatsPermissions } from './nats-credentials.ts'

/** The user of NATS that a worker elsewhere is; its inbox is called after it. In subjects its name is a token of its own. */
export function natsUserOf(workerId: string): string {
  return `workers.${workerId}`
}

/** `worker` is one token of a subject: its name, or what NATS puts in the place of it. `user` is whom it connects as. */
export function workerPermissions(worker: string, user: string): NatsPermissions {
  return {
    // The output of its runs, and its telemetry.
    publish: { allow: [`logs.${worker}.>`, `telemetry.${worker}`] },
    // Wake-ups, and the stream's acknowledgements of what it published, not the answers to others.
    subscribe: { allow: ['wake.queue', `wake.worker.${worker}`, `_INBOX_${user}.>`] },
  }
}
