import { render } from 'solid-js/web'
import { App } from './app.tsx'
import { followSession } from './shared/session.ts'
import './shared/theme.css'

const root = document.getElementById('root')
if (!root) throw new Error('The document has no element with the id root.')

followSession()
render(() => <App />, root)
