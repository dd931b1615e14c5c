import { columns } from '@constellation/platform/database/database.ts'
import { JobEntity, TemplateEntity } from '../entities.ts'

/** A `Job` from the table `jobs` as `j`. */
export const JOB = columns(JobEntity, 'j')
/** A `Template` from the table `templates` as `t`. */
export const TEMPLATE = columns(TemplateEntity, 't')
