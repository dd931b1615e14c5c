// Templates: commands with parameters that can be submitted by name.
import type { Problem } from '@constellation/platform/errors.ts'
import { requireRole } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import type { Context } from '../context.ts'
import { type Template, TemplateEntity } from '../entities.ts'
import type { SaveTemplateInput, SubmitJobInput } from '../generated/resolvers.ts'
import { command, problemsOf } from './spec.ts'
import { ARGUMENT_BYTES, capabilityText, gpuRequest, text } from './spec-fields.ts'

const PLACE = /\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g

/** The input with the template's command and GPUs in it; an input without a template comes back as it is. */
export function fillTemplate(
  input: SubmitJobInput,
  template: Template | null,
): { input: SubmitJobInput } | { problems: Problem[] } {
  if (input.template == null) {
    if (input.arguments == null) return { input }
    return { problems: [{ path: 'arguments', message: 'belong to a template, and none is named' }] }
  }
  if (input.command != null) {
    return { problems: [{ path: 'command', message: 'is given by the template: leave one of the two out' }] }
  }
  if (!template)
    return { problems: [{ path: 'template', message: `there is none of the name ${JSON.stringify(input.template)}` }] }
  const values = chooseValues(template, { ...sweptPlaces(template, input), ...input.arguments })
  if ('problems' in values) return values
  return {
    input: {
      ...input,
      name: input.name ?? template.name,
      // Values become parts of arguments, never of a line that a shell reads.
      command: template.command.map((part) => part.replace(PLACE, (whole, name) => values.values[name] ?? whole)),
      gpus: input.gpus ?? {
        count: template.gpuCount,
        minMemoryMb: template.gpuMinMemoryMb,
        model: template.gpuModel,
        minComputeCapability: capabilityText(template.gpuMinCapability),
      },
    },
  }
}

/** A parameter may take its values from a sweep of its name: its place is kept until the array is made. */
function sweptPlaces(template: Template, { array }: SubmitJobInput): Record<string, string> {
  const swept = new Set(array?.sweep?.map(({ name }) => name))
  const names = template.parameters.map(({ name }) => name).filter((name) => swept.has(name))
  return Object.fromEntries(names.map((name) => [name, `{{${name}}}`]))
}

function chooseValues(
  template: Template,
  given: Readonly<Record<string, string>>,
): { values: Record<string, string> } | { problems: Problem[] } {
  const problems: Problem[] = []
  const values: Record<string, string> = {}
  const names = new Set(template.parameters.map((parameter) => parameter.name))
  for (const name of Object.keys(given)) {
    if (!names.has(name)) problems.push({ path: `arguments.${name}`, message: `is no parameter of ${template.name}` })
  }
  for (const parameter of template.parameters) {
    const value = given[parameter.name] ?? parameter.default
    if (value === null) problems.push({ path: `arguments.${parameter.name}`, message: 'is needed' })
    else values[parameter.name] = value
  }
  return problems.length > 0 ? { problems } : { values }
}

const name = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'must be 1 to 100 letters, digits or . _ -'))
const parameterName = v.pipe(v.string(), v.regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'must be a name such as batch_size'))
const sentence = v.nullish(v.pipe(text(4_000), v.maxLength(1_000)), '')

const newTemplate = v.object({
  name,
  description: sentence,
  parameters: v.nullish(
    v.pipe(
      v.array(
        v.object({
          name: parameterName,
          description: sentence,
          default: v.nullish(v.pipe(text(ARGUMENT_BYTES), v.maxLength(4_096)), null),
        }),
      ),
      v.maxLength(100),
      v.check((all) => new Set(all.map((each) => each.name)).size === all.length, 'must each have a name of their own'),
    ),
    [],
  ),
  command,
  gpus: v.nullish(gpuRequest, { count: 0 }),
})

/** Adds a template or replaces the one of its name. For operators and admins. */
export async function saveTemplate(
  { who, em }: Context,
  input: SaveTemplateInput,
): Promise<{ template: Template } | { problems: Problem[] }> {
  requireRole(who, 'operator', 'admin')
  const result = v.safeParse(newTemplate, input)
  if (!result.success) return { problems: problemsOf(result.issues) }
  const { gpus, ...rest } = result.output
  const unknown = placesOf(rest.command).filter(
    (place) => !rest.parameters.some((parameter) => parameter.name === place),
  )
  if (unknown.length > 0) {
    return {
      problems: unknown.map((place) => ({ path: 'command', message: `{{${place}}} is none of the parameters` })),
    }
  }
  const template = await em.upsert(TemplateEntity, {
    ...rest,
    gpuCount: gpus.count,
    gpuMinMemoryMb: gpus.minMemoryMb,
    gpuModel: gpus.model,
    gpuMinCapability: gpus.minComputeCapability,
  })
  return { template }
}

function placesOf(argv: readonly string[]): string[] {
  return argv.flatMap((part) => [...part.matchAll(PLACE)].flatMap((match) => match[1] ?? []))
}

/** Every template, by name. */
export async function listTemplates({ em }: Context): Promise<Template[]> {
  return em.find(TemplateEntity, {}, { orderBy: { name: 'asc' } })
}
