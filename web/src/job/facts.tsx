import type { JobDetailsFragment } from '../generated/documents.ts'
import { sayMemory } from '../shared/amounts.ts'
import { Ago, Duration } from '../shared/time.tsx'
import { Fact } from './fact.tsx'
import styles from './facts.module.css'
import { GpuTime } from './gpu-time.tsx'
import { words } from './words.ts'

/** A job's figures, in one strip. */
export function Facts(props: { job: JobDetailsFragment }) {
  return (
    <dl class={`panel ${styles.facts}`} aria-label={words.facts}>
      <Fact label={props.job.startedAt ? words.duration : props.job.finishedAt ? words.waited : words.waiting}>
        <Duration from={props.job.startedAt ?? props.job.createdAt} to={props.job.finishedAt} />
      </Fact>
      <GpuTime usage={props.job.usage} rate={props.job.state === 'RUNNING' ? props.job.gpus.count : 0} />
      <Fact label={words.gpus}>{wanted(props.job)}</Fact>
      <Fact label={words.account}>{props.job.account}</Fact>
      <Fact label={words.user}>{props.job.submittedBy}</Fact>
      <Fact label={words.created}>
        <Ago at={props.job.createdAt} />
      </Fact>
      <Fact label={words.priority}>{props.job.priority}</Fact>
    </dl>
  )
}

function wanted(job: JobDetailsFragment): string {
  const { count, model, minMemoryMb, minComputeCapability } = job.gpus
  const parts = [
    model === null ? String(count) : `${count} × ${model}`,
    minMemoryMb === null ? undefined : words.atLeast(sayMemory(minMemoryMb)),
    minComputeCapability === null ? undefined : words.capability(minComputeCapability),
  ]
  return parts.filter((part) => part !== undefined).join(', ')
}
