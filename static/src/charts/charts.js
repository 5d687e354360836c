/* Charts are drawn from the tables beside them, which stay the truth: for screen readers, for paper, without scripts. */
import {
  BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip,
} from 'chart.js'

Chart.register(
  BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip,
)
Chart.defaults.plugins.legend.display = false
Chart.defaults.animation = false
Chart.defaults.maintainAspectRatio = false

const TONES = { met: '--good', near: '--warn', missed: '--bad', '': '--accent' }

/** Colours of the house as the browser resolves them in the theme of the moment. */
function colour(name, box) {
  const probe = document.createElement('span')
  probe.className = 'visually-hidden'
  probe.style.setProperty('color', `var(${name})`)
  box.append(probe)
  const found = getComputedStyle(probe).color
  probe.remove()
  return found
}

const number = (text) => (text === '' || text === undefined ? null : Number(text))

function small(canvas) {
  const values = canvas.dataset.spark.split(',').map(number)
  const share = 'share' in canvas.dataset
  const data = { labels: values.map((_, index) => index + 1), datasets: [{
    data: values, borderColor: colour(TONES[canvas.dataset.tone], canvas.parentElement), borderWidth: 1.5,
    pointRadius: values.filter((value) => value !== null).length === 1 ? 2 : 0, spanGaps: true,
  }] }
  return new Chart(canvas, { type: 'line', data, options: {
    events: [], plugins: { tooltip: { enabled: false } }, layout: { padding: 3 },
    scales: { x: { display: false }, y: { display: false, min: 0, max: share ? 100 : undefined } },
  } })
}

function byDay(canvas) {
  const rows = [...document.querySelectorAll('#by-day tr[data-day]')].reverse()
  const share = 'share' in canvas.dataset
  const [accent, soft, line] = ['--accent-fill', '--text-soft', '--line'].map((name) => colour(name, canvas.parentElement))
  const bad = colour('--bad', canvas.parentElement)
  const values = rows.map((row) => number(row.dataset.value))
  const targets = rows.map((row) => number(row.dataset.target))
  const datasets = [{
    type: 'bar', data: values, maxBarThickness: 32,
    backgroundColor: rows.map((row) => ('urgent' in row.dataset ? bad : accent)),
  }]
  if (share) {
    datasets.push({ type: 'line', data: targets, borderColor: soft, borderWidth: 1.5, borderDash: [4, 3], pointRadius: 0 })
  }
  const ticks = { color: soft }
  return new Chart(canvas, { data: { labels: rows.map((row) => row.dataset.day), datasets }, options: {
    plugins: { tooltip: { displayColors: false, callbacks: { label: (item) => `${item.formattedValue}${share ? ' %' : ''}` } } },
    scales: {
      x: { ticks, grid: { display: false }, border: { color: line } },
      y: { ticks: { ...ticks, precision: 0 }, grid: { color: line }, border: { display: false }, min: 0, max: share ? 100 : undefined },
    },
    onClick: (_event, [hit]) => hit && rows[hit.index].querySelector('a')?.click(),
  } })
}

const BARS = { type: 'bar', barPercentage: 1, categoryPercentage: 1, grouped: false }
const lacks = (row) => Number(row.planned) < Number(row.needed)
/** Hours under the axis: as many as its width bears. */
function hour(_value, index) {
  return index % (this.chart.width < 700 ? 16 : 4) ? '' : `${index / 4}:00`
}

/** People needed and planned, by the quarter-hours of a day. */
function coverage(canvas) {
  const box = canvas.parentElement
  const rows = [...document.querySelectorAll('#spans tr[data-first]')].flatMap((row) =>
    Array.from({ length: row.dataset.after - row.dataset.first }, () => row.dataset),
  )
  const soft = colour('--text-soft', box)
  const labels = rows.map((_, index) => `${Math.floor(index / 4)}:${String((index % 4) * 15).padStart(2, '0')}`)
  const datasets = [
    { type: 'line', label: canvas.dataset.planned, stepped: 'middle', data: rows.map((row) => Number(row.planned)), borderColor: colour('--text', box), borderWidth: 2, pointRadius: 0 },
    { ...BARS, label: canvas.dataset.needed, data: rows.map((row) => (lacks(row) ? null : Number(row.needed))), backgroundColor: colour('--accent-fill', box) },
    { ...BARS, label: canvas.dataset.lacking, data: rows.map((row) => (lacks(row) ? Number(row.needed) : null)), backgroundColor: colour('--bad', box) },
  ]
  return new Chart(canvas, { data: { labels, datasets }, options: {
    plugins: { legend: { display: true, position: 'bottom', labels: { color: soft, boxWidth: 12 } }, tooltip: { mode: 'index', intersect: false } },
    scales: {
      x: { ticks: { color: soft, autoSkip: false, maxRotation: 0, callback: hour }, grid: { display: false } },
      y: { ticks: { color: soft, precision: 0 }, grid: { color: colour('--line', box) }, border: { display: false }, min: 0 },
    },
  } })
}

const CHARTS = { 'by-day': byDay, coverage }

let drawn = []

function draw() {
  for (const chart of drawn) chart.destroy()
  drawn = [...document.querySelectorAll('canvas[data-spark]')].map(small)
  drawn.push(...[...document.querySelectorAll('canvas[data-chart]')].map((canvas) => CHARTS[canvas.dataset.chart](canvas)))
}

/** Draw every chart of the page, again when the theme changes and before it is printed. */
export function startCharts() {
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily
  draw()
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw)
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ['data-bs-theme'] })
  addEventListener('beforeprint', () => drawn.forEach((chart) => chart.resize()))
}
