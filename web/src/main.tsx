import { render } from 'solid-js/web'
import { App } from './app.tsx'
import { startSession } from './shared/session.ts'
import './shared/theme.css'

const root = document.getElementById('root')
if (!root) throw new Error('The document has no element with the id root.')

await startSession()
render(() => <App />, root)
