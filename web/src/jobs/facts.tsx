import { type JSX, type ParentProps, Show } from 'solid-js'
import type { JobDetailsFragment } from '../generated/documents.ts'
import { sayDuration, sayMemory } from '../shared/amounts.ts'
import { Ago, At, Duration } from '../shared/time.tsx'
import styles from './facts.module.css'
import { GpuSeconds } from './gpu-seconds.tsx'
import { words } from './words.ts'

/** A job's figures, in one strip. */
export function Facts(props: { job: JobDetailsFragment }) {
  const rate = () => (props.job.state === 'RUNNING' ? props.job.gpus.count : 0)
  return (
    <dl class={`panel ${styles.facts}`} aria-label={words.job.facts}>
      <Fact label={props.job.startedAt ? words.columns.duration : words.job.waited}>
        <Duration from={props.job.startedAt ?? props.job.createdAt} to={props.job.finishedAt} />
      </Fact>
      <Fact label={words.columns.gpuSeconds}>
        <GpuSeconds usage={props.job.usage} rate={rate()} />
      </Fact>
      <Fact label={words.columns.gpus}>{wanted(props.job)}</Fact>
      <Fact label={words.columns.account}>{props.job.account}</Fact>
      <Fact label={words.columns.user}>{props.job.submittedBy}</Fact>
      <Fact label={words.columns.created}>
        <Ago at={props.job.createdAt} />
      </Fact>
      <Fact label={words.job.priority}>{props.job.priority}</Fact>
      <Fact label={words.job.timeLimit}>
        {props.job.timeoutSeconds === null ? words.job.noLimit : sayDuration(props.job.timeoutSeconds * 1000)}
      </Fact>
      <Show when={props.job.maxIdleSeconds}>
        {(seconds) => <Fact label={words.job.idleLimit}>{sayDuration(seconds() * 1000)}</Fact>}
      </Show>
      <Fact label={words.job.retries}>{retries(props.job)}</Fact>
      <Show when={props.job.startAt}>
        {(startAt) => (
          <Fact label={words.job.startAt}>
            <At at={startAt()} />
          </Fact>
        )}
      </Show>
      <Show when={props.job.preemptible}>
        <Fact label={words.job.preemptible}>{words.job.yes}</Fact>
      </Show>
      <Show when={props.job.limits.memoryMb}>
        {(memory) => <Fact label={words.job.memoryLimit}>{sayMemory(memory())}</Fact>}
      </Show>
      <Show when={props.job.limits.cpus}>{(cpus) => <Fact label={words.job.cpuLimit}>{cpus()}</Fact>}</Show>
      <Show when={props.job.schedule}>{(schedule) => <Fact label={words.job.schedule}>{schedule()}</Fact>}</Show>
      <Show when={props.job.template}>{(template) => <Fact label={words.job.template}>{template()}</Fact>}</Show>
    </dl>
  )
}

function Fact(props: ParentProps<{ label: string }>): JSX.Element {
  return (
    <div class={styles.fact}>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}

function wanted(job: JobDetailsFragment): string {
  const { count, model, minMemoryMb, minComputeCapability } = job.gpus
  const parts = [
    model === null ? String(count) : `${count} × ${model}`,
    minMemoryMb === null ? undefined : words.atLeast(sayMemory(minMemoryMb)),
    minComputeCapability === null ? undefined : words.job.capability(minComputeCapability),
  ]
  return parts.filter((part) => part !== undefined).join(', ')
}

/** An attempt that was lost or preempted uses up no retry. */
function retries(job: JobDetailsFragment): string {
  const counted = job.runs.filter((run) => run.state !== 'LOST' && run.state !== 'PREEMPTED').length
  return words.job.retriesLeft(Math.min(job.maxRetries, Math.max(0, counted - 1)), job.maxRetries)
}
