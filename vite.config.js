import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { defineConfig } from 'vite'

const src = resolve(import.meta.dirname, 'static/src')
const out = resolve(import.meta.dirname, 'static/dist')

/** Puts `.gz` and `.br` beside every text file, so that whitenoise sends them as they are. */
function precompress() {
  const text = /\.(js|css|svg|json)$/
  const walk = (folder) =>
    readdirSync(folder).flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory() ? walk(path) : [path]
    })
  return {
    name: 'precompress',
    closeBundle() {
      for (const path of walk(out).filter((name) => text.test(name))) {
        const body = readFileSync(path)
        writeFileSync(`${path}.gz`, gzipSync(body, { level: 9 }))
        writeFileSync(
          `${path}.br`,
          brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
        )
      }
    },
  }
}

export default defineConfig({
  root: src,
  base: '/static/dist/',
  publicDir: 'public',
  plugins: [precompress()],
  build: {
    outDir: out,
    emptyOutDir: true,
    manifest: 'manifest.json',
    // Inlined files would be data: addresses, which the content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      // One entry for each script beside app.js: a page with behaviours of its own loads its entry.
      input: Object.fromEntries(
        readdirSync(src)
          .filter((name) => name.endsWith('.js'))
          .map((name) => [name.slice(0, -3), join(src, name)]),
      ),
      // htmx holds an eval() that `allowEval: false` never reaches.
      checks: { eval: false },
    },
  },
  worker: { format: 'es' },
})
