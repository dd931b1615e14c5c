// npm run rolling-restart: two of each program, each restarted in turn under load, and the counts of what came of it.
import { openFleet } from './fleet.ts'
import { isFine, sayOutcome } from './report.ts'
import { rollingRestart } from './rolling-restart.ts'

const fleet = await openFleet(console.error)
try {
  const outcome = await rollingRestart(fleet, console.log)
  console.log(sayOutcome(outcome))
  if (!isFine(outcome)) process.exitCode = 1
} finally {
  await fleet.close()
}
