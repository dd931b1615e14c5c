import { runMain } from '@constellation/platform/lifecycle.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { readUsageConfig } from './config.ts'
import { startUsageService } from './service.ts'

const config = readUsageConfig()
const log = createLogger('usage', config.LOG_LEVEL)

await runMain(log, async (lifecycle) => void (await startUsageService(config, log, lifecycle)), {
  exitWithParent: config.EXIT_WITH_PARENT,
})
