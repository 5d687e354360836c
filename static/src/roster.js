import { startMonth } from './roster/month.js'

startMonth()
