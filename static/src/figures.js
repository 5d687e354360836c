import './figures/figures.css'
import { startCharts } from './figures/charts.js'

startCharts()
