// Asks systeminformation for the graphics cards, and tells what that cost as JSON. A process of its own, so that it
// finds other programs first.
import { graphics } from 'systeminformation'
import { costOf } from './cost.ts'

const [rounds = 3, times = 5] = process.argv.slice(2).map(Number)
const { controllers } = await graphics()
const told = controllers.filter(({ utilizationGpu }) => utilizationGpu !== undefined).length
console.log(JSON.stringify({ ...(await costOf({ rounds, times }, () => graphics())), told }))
