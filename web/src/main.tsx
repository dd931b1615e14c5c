import { render } from 'solid-js/web'
import { App } from './app.tsx'
import { inTurn } from './shared/in-turn.ts'
import { startSession } from './shared/session.ts'
import { exactly } from './shared/time.tsx'
import './shared/theme.css'

const root = document.getElementById('root')
if (!root) throw new Error('The document has no element with the id root.')

await startSession()
// What takes a phone long is not done in one go, in which it would not answer.
inTurn(() => render(() => <App />, root))
// The browser reads its tables of languages for the first time that it writes, which can be before there is an answer.
inTurn(() => exactly(Date.now()))
