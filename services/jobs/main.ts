import { runMain } from '@constellation/platform/lifecycle.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { readJobsConfig } from './config.ts'
import { startJobsService } from './service.ts'

const config = readJobsConfig()
const log = createLogger('jobs', config.LOG_LEVEL)

await runMain(log, async (lifecycle) => void (await startJobsService(config, log, lifecycle)), {
  exitWithParent: config.EXIT_WITH_PARENT,
})
