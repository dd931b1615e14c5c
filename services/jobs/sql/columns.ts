import { columns } from '@constellation/platform/database.ts'
import { JobEntity, RunEntity, TemplateEntity } from '../entities.ts'

/** A `Job` from the table `jobs` as `j`. */
export const JOB = columns(JobEntity, 'j')
/** A `Run` from the table `runs` as `r`. */
export const RUN = columns(RunEntity, 'r')
/** A `Template` from the table `templates` as `t`. */
export const TEMPLATE = columns(TemplateEntity, 't')
