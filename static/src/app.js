import './app.css'
import './js/htmx-setup.js'
import './js/refreshes.js'
import { startClocks } from './js/clocks.js'
import { startComboboxes } from './js/combobox.js'
import { startConnection } from './js/connection.js'
import { startControls } from './js/controls.js'
import { startDrafts } from './js/drafts.js'
import { startLive } from './js/live.js'
import { startQuestions } from './js/questions.js'
import { startRows } from './js/rows.js'
import { startSearch } from './js/search.js'
import { startShortcuts } from './js/shortcuts.js'
import { startUnsaved } from './js/unsaved.js'
import { startUploads } from './js/uploads.js'

startControls()
startQuestions()
startShortcuts()
startRows()
startComboboxes()
startSearch()
startClocks()
startDrafts()
startConnection()
startLive()
startUploads()
startUnsaved()
