/** A Vite plugin: tells the service worker which built files the tablet needs, and writes the web manifest. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin, Rolldown } from 'vite';

export interface Precache {
  /** Changes whenever any of the files does. */
  readonly version: string;
  /** Paths on the server. */
  readonly files: readonly string[];
}

const PAGE = 'judge';
const WORKER = 'judge-sw';
const TOKEN = '__PRECACHE__';
const MANIFEST = 'judge.webmanifest';
/** Fonts come in subsets; these are the ones Kazakh, Russian and English are written with. */
const FONT_SUBSETS = /-(latin|cyrillic|cyrillic-ext)-wght/;

/** `base` is the URL prefix of built files. */
export function judgeWorker(base: string): Plugin {
  return {
    name: 'judge-worker',
    apply: 'build',
    buildStart() {
      const source = readFileSync(fileURLToPath(new URL('./manifest.json', import.meta.url)), 'utf-8');
      this.emitFile({ type: 'asset', fileName: MANIFEST, source });
      for (const icon of ['icon.svg', 'icon-192.png', 'icon-512.png']) {
        const image = readFileSync(fileURLToPath(new URL(`./${icon}`, import.meta.url)));
        this.emitFile({ type: 'asset', fileName: `judge-${icon}`, source: image });
      }
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === WORKER);
        if (worker?.type !== 'chunk') return;
        worker.code = worker.code.replaceAll(TOKEN, JSON.stringify(precacheOf(bundle, base)));
      },
    },
  };
}

function precacheOf(bundle: Rolldown.OutputBundle, base: string): Precache {
  const names = new Set<string>(['judge-icon-192.png']);
  const entry = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry && file.name === PAGE);
  if (entry?.type === 'chunk') collect(bundle, entry.fileName, names);
  const files = [...names].sort();
  const digest = createHash('sha256');
  for (const name of files) digest.update(name).update(contentOf(bundle[name]));
  return { version: digest.digest('hex').slice(0, 16), files: files.map((name) => base + name) };
}

/** A chunk, what it imports, its style sheets, and the fonts of ours they name. */
function collect(bundle: Rolldown.OutputBundle, name: string, names: Set<string>): void {
  const file = bundle[name];
  if (!file || names.has(name)) return;
  names.add(name);
  if (file.type === 'asset') {
    if (name.endsWith('.css')) for (const font of fontsIn(String(file.source), bundle)) names.add(font);
    return;
  }
  const styles = file.viteMetadata?.importedCss ?? [];
  for (const needed of [...file.imports, ...file.dynamicImports, ...styles]) collect(bundle, needed, names);
}

function fontsIn(css: string, bundle: Rolldown.OutputBundle): string[] {
  return Object.keys(bundle).filter(
    (name) => name.endsWith('.woff2') && FONT_SUBSETS.test(name) && css.includes(name.split('/').at(-1) ?? name),
  );
}

function contentOf(file: Rolldown.OutputAsset | Rolldown.OutputChunk | undefined): string | Uint8Array {
  if (!file) return '';
  return file.type === 'chunk' ? file.code : file.source;
}
