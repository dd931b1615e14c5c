// `npm run observe`: what can be started beside a local stack to watch it, until Ctrl-C, and what cannot.
import { readStackConfig } from '@constellation/local/config.ts'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { findPrometheus } from '@constellation/local/setup/prometheus.mjs'
import { type RunningPrometheus, runPrometheus } from './run-prometheus.ts'

async function main(): Promise<void> {
  const programs = findPrometheus(repositoryRoot)
  if (!programs) {
    throw new Error(
      'There is no Prometheus: put it on the PATH (https://prometheus.io/download), or use docker compose.',
    )
  }
  const running = await runPrometheus(programs.prometheus, readStackConfig().CONSTELLATION_HOME)
  console.log(welcome(running))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void running.stop())
  await running.ended
}

function welcome({ url }: RunningPrometheus): string {
  return `
  Prometheus   ${url}
  Targets      ${url}/targets
  Alerts       ${url}/alerts        what each means: docs/runbook.md
  The queue    ${url}/graph?g0.expr=constellation_queue_jobs&g0.tab=0

  Grafana and Tempo have no packages that could be started here. \`docker compose up\` starts both with the stack: the
  dashboards are in k8s/observability/generated, and Grafana can import them anywhere.
  Traces: \`npm run trace\` shows that of a job as a tree; OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 npm start
  tells them to a collector of your own.

Ctrl-C stops Prometheus, not the stack.
`
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
