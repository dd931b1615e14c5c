// Makes and steers a fake library from the terminal: `npm run fake-nvml -- help`.
import { parseArgs } from 'node:util'
import { buildFake } from './build.ts'
import { type Fake, type FakeValue, steerFake, VALUES } from './steer.ts'

const USAGE = `Stand-ins for NVIDIA GPUs: a library that workers load by NVML_LIBRARY=<path>.

  build <path> [--gpus 8] [--name "NVIDIA A100-SXM4-80GB"] [--memory 81920]
                                      compiles it with cc; memory in MiB, up to 16 GPUs
  set <path> <gpu> <what> <value>     'alive': it changes by itself, as at first
  xid <path> <gpu> <number>           a fault happens, such as 79
  lose <path> <gpu> [15 or 16]        it falls off the bus, or has to be reset
  heal <path> <gpu>                   it comes back, without its faults and processes
  unplug <path> [code]                the driver is not loaded (9)
  plug <path>                         the driver is back
  delay <path> <microseconds>         that each call takes
  process <path> <gpu> <pid> <MiB>    somebody's process is on it; 'end' in place of MiB ends it
  mig <path> <gpu> <instances> [MiB]  splits it; 0 makes it whole
  link <path> <gpu> <link> <gpu>      where an NVLink ends; 'switch' or 'none'
  answer <path> <gpu or all> <C function> <code>
  reset <path>                        all as at first

What can be set: ${VALUES.join(', ')}.`

main(process.argv.slice(2))

function main(given: string[]): void {
  try {
    const { values, positionals } = parseArgs({
      args: given,
      allowPositionals: true,
      options: { gpus: { type: 'string' }, name: { type: 'string' }, memory: { type: 'string' } },
    })
    const [command = 'help', path, ...rest] = positionals
    if (command === 'help' || path === undefined) console.log(USAGE)
    else if (command === 'build') build(path, values)
    else steer(command, steerFake(path), rest)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 2
  }
}

function build(path: string, given: { gpus?: string; name?: string; memory?: string }): void {
  buildFake(path).configure({
    gpus: whole(given.gpus ?? '8', 16),
    ...(given.name === undefined ? {} : { name: given.name }),
    ...(given.memory === undefined ? {} : { memoryMiB: whole(given.memory) }),
  })
  console.log(`NVML_LIBRARY=${path}`)
}

function steer(command: string, fake: Fake, [first, second, third]: string[]): void {
  const gpu = () => whole(first, 15)
  const commands: Readonly<Record<string, () => void>> = {
    set: () => fake.set(gpu(), valueName(second), third === 'alive' ? 'alive' : whole(third)),
    xid: () => fake.xid(gpu(), whole(second)),
    lose: () => fake.lose(gpu(), second === undefined ? 15 : whole(second)),
    heal: () => fake.heal(gpu()),
    unplug: () => fake.unplug(first === undefined ? 9 : whole(first)),
    plug: () => fake.plug(),
    delay: () => fake.delay(whole(first)),
    process: () =>
      third === 'end'
        ? fake.endProcess(gpu(), whole(second))
        : fake.process(gpu(), { pid: whole(second), memoryMiB: whole(third) }),
    mig: () => fake.mig(gpu(), whole(second, 7), third === undefined ? undefined : whole(third)),
    link: () => fake.link(gpu(), whole(second, 17), third === 'switch' || third === 'none' ? third : whole(third, 15)),
    answer: () => fake.answer(first === 'all' ? 'all' : gpu(), second ?? '', whole(third)),
    reset: () => fake.reset(),
  }
  const run = commands[command]
  if (!run) throw new RangeError(`There is no command ${command}.\n\n${USAGE}`)
  run()
}

function whole(given: string | undefined, most = Number.MAX_SAFE_INTEGER): number {
  const number = Number(given)
  if (given === undefined || given === '' || !Number.isSafeInteger(number) || number < 0 || number > most)
    throw new RangeError(`A whole number was expected in place of ${given ?? 'nothing'}, at most ${most}.`)
  return number
}

function valueName(given: string | undefined): FakeValue {
  const known = VALUES.find((value) => value === given)
  if (!known) throw new RangeError(`There is no ${given}. What can be set: ${VALUES.join(', ')}.`)
  return known
}
