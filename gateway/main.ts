// The gateway's process.
import { readConfig } from '@constellation/platform/config.ts'
import { runMain } from '@constellation/platform/lifecycle.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { settings } from './config.ts'
import { startGateway } from './server.ts'

const config = readConfig(settings)
const log = createLogger('gateway', config.LOG_LEVEL)

await runMain(
  log,
  async (lifecycle) => {
    await startGateway(config, log, lifecycle)
  },
  { exitWithParent: config.EXIT_WITH_PARENT },
)
