import './charts/charts.css'
import { startCharts } from './charts/charts.js'

startCharts()
