// The front-end build: the tablet, the screens and the desk's styles, into app/static/build with a manifest.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';
import { judgeWorker } from './app/client/judge/worker/precache.ts';

const ENTRIES = {
  desk: 'app/client/desk/main.ts',
  judge: 'app/client/judge/main.tsx',
  'judge-sw': 'app/client/judge/worker/main.ts',
  public: 'app/client/public/main.tsx',
  screen: 'arena_display/src/main.tsx',
  tryout: 'app/client/tryout/main.tsx',
};

// A service worker's address must never change, so its file is the one without a hash in its name.
const STEADY_NAMES = new Set(['judge-sw']);

const BASE = '/static/build/';

export default defineConfig({
  base: BASE,
  plugins: [preact(), judgeWorker(BASE)],
  build: {
    outDir: 'app/static/build',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2022',
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: Object.fromEntries(
        Object.entries(ENTRIES)
          .filter(([, file]) => existsSync(file))
          .map(([name, file]) => [name, resolve(file)]),
      ),
      output: {
        entryFileNames: (chunk) => (STEADY_NAMES.has(chunk.name) ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  test: { include: ['tests/client/**/*.test.ts', 'tests/contract/**/*.test.ts'] },
});
