import './casework/casework.css'
import { startCall } from './casework/call.js'
import { startCase } from './casework/case.js'
import { startComboboxes } from './casework/combobox.js'

startComboboxes()
startCall()
startCase()
