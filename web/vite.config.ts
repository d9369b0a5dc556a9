import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { site } from './build/site.ts';

/** Where `vite dev` finds a running server. */
const server = process.env['GRIDWARD_URL'] ?? 'http://127.0.0.1:8080';

function words() {
  return paraglideVitePlugin({
    project: './project.inlang',
    outdir: './src/paraglide',
    strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
  });
}

export default defineConfig({
  plugins: [
    // The tests read words that are compiled before they start; the plugin would keep watching and never let them end.
    ...(process.env['VITEST'] ? [] : [words()]),
    svelte(),
    site(),
  ],
  build: {
    rolldownOptions: { input: { command: 'command/index.html' } },
    // MapLibre alone is 1 MB before compression.
    chunkSizeWarningLimit: 1600,
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': server, '/healthz': server } },
  // The first test of a file waits for all that the file imports to be compiled, on machines that do other things as well.
  test: { include: ['tests/**/*.test.ts'], environment: 'node', testTimeout: 60_000 },
});
