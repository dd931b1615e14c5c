// How Prometheus observes a local stack.
import { stringify } from 'yaml'

/** The port of each program on 127.0.0.1. */
export type Ports = Readonly<Record<string, number>>

/** Its configuration: targets come from a file, as each start of a stack has ports of its own. */
export function toConfig({ targetsFile, rules }: { targetsFile: string; rules: readonly string[] }): string {
  return stringify({
    global: { scrape_interval: '5s', evaluation_interval: '5s' },
    rule_files: rules,
    scrape_configs: [
      { job_name: 'constellation', file_sd_configs: [{ files: [targetsFile], refresh_interval: '5s' }] },
    ],
  })
}

/** The file of targets. */
export function toTargets(ports: Ports): string {
  const targets = Object.entries(ports).map(([program, port]) => ({
    targets: [`127.0.0.1:${port}`],
    // The name that alerts and dashboards know a program by.
    labels: { program },
  }))
  return `${JSON.stringify(targets, null, 2)}\n`
}
