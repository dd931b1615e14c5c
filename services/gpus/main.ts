import { runMain } from '@constellation/platform/lifecycle.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { readGpusConfig } from './config.ts'
import { startGpusService } from './service.ts'

const config = readGpusConfig()
const log = createLogger('gpus', config.LOG_LEVEL)

await runMain(log, async (lifecycle) => void (await startGpusService(config, log, lifecycle)), {
  exitWithParent: config.EXIT_WITH_PARENT,
})
