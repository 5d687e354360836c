import './casework/casework.css'
import { startCall } from './casework/call.js'
import { startCase } from './casework/case.js'

startCall()
startCase()
