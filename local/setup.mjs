// Makes a fresh clone ready: `node local/setup.mjs start|test|install|manifests`, called by npm's pre-scripts.
// Plain JavaScript without a dependency, as nothing is installed yet and the machine's Node may be 18.
const LEAST_NODE = 18

const major = Number(process.versions.node.split('.')[0])
if (major < LEAST_NODE) {
  console.error(`Constellation's set-up needs Node ${LEAST_NODE} or later; this is Node ${process.versions.node}.`)
  console.error('Install a newer one (https://nodejs.org); the services themselves then run on the Node 24 of npm.')
  process.exit(1)
}

// Loaded only now: an older Node could not even read it.
const { prepare } = await import('./setup/prepare.mjs')
process.exitCode = await prepare(process.argv.slice(2))
