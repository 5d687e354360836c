import './messenger/messenger.css'
import { startConversation } from './messenger/conversation.js'

startConversation()
