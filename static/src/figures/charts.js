/* Charts are drawn from the tables beside them, which stay the truth: for screen readers, for paper, without scripts. */
import {
  BarController, BarElement, CategoryScale, Chart, LinearScale, LineController, LineElement, PointElement, Tooltip,
} from 'chart.js'

Chart.register(
  BarController, BarElement, CategoryScale, LinearScale, LineController, LineElement, PointElement, Tooltip,
)
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

let drawn = []

function draw() {
  for (const chart of drawn) chart.destroy()
  drawn = [...document.querySelectorAll('canvas[data-spark]')].map(small)
  drawn.push(...[...document.querySelectorAll('canvas[data-chart]')].map(byDay))
}

/** Draw every chart of the page, again when the theme changes and before it is printed. */
export function startCharts() {
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily
  draw()
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw)
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ['data-bs-theme'] })
  addEventListener('beforeprint', () => drawn.forEach((chart) => chart.resize()))
}
