// Builds the tablets that live in threads of Node: the tablet's own source, without its pages; OUT says where to.
import { defineConfig } from 'vite';

export default defineConfig({
  logLevel: 'warn',
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node20',
    outDir: process.env['OUT'] ?? 'build',
    emptyOutDir: false,
    rolldownOptions: {
      input: { hall: 'tests/browser/hall/hall.ts', tablet: 'tests/browser/hall/tablet.ts' },
      output: { entryFileNames: '[name].mjs' },
    },
  },
});
