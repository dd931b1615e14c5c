// What a setting may be, read from its schema. Pure.
import type { GenericSchema } from 'valibot'
import { code, listed } from './markdown.ts'

/** Such as `0 to 64`, or the words that there are; empty where any text will do. */
export function valuesOf(schema: GenericSchema): string {
  const parts = partsOf(schema)
  const words = [
    ...new Set(parts.flatMap((part) => ('options' in part && Array.isArray(part.options) ? part.options : []))),
  ]
  if (words.length > 0)
    return listed(
      words.map((word) => code(String(word))),
      'or',
    )
  const bound = (type: string) => parts.find((part) => part.type === type)
  const [least, most] = [requirementOf(bound('min_value')), requirementOf(bound('max_value'))]
  if (least !== undefined && most !== undefined) return `${least} to ${most}`
  if (most === '65535') return 'a port'
  return bound('url') ? 'a URL' : ''
}

interface Part {
  type: string
  requirement?: unknown
  options?: unknown
}

/** The schema itself and the steps of its pipe, within an option too. */
function partsOf(schema: unknown): Part[] {
  if (!isPart(schema)) return []
  const inner = 'wrapped' in schema ? partsOf(schema.wrapped) : []
  const steps = 'pipe' in schema && Array.isArray(schema.pipe) ? schema.pipe : []
  return [
    schema,
    ...inner,
    ...steps.flatMap((step) => (step === schema || steps[0] === schema ? [step] : step.pipe ? partsOf(step) : [step])),
  ]
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

function requirementOf(part: Part | undefined): string | undefined {
  return typeof part?.requirement === 'number' ? part.requirement.toLocaleString('en').replaceAll(',', '') : undefined
}
