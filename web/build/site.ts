/**
 * What does the built site hold besides the pages?
 *
 * `fonts/…` (slices, their style sheet, their licence), `styles/day.json` and `styles/night.json` (the map styles, with `{origin}` where
 * the server writes its own address). `vite dev` answers the same paths, so that a page in development is the page in use.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { mapStyle } from '../src/map/style/style.ts';
import { fontFaces, fontFolder, fontLicence, fontSlices, fontStyleSheet } from './fonts.ts';

interface SiteFile {
  path: string;
  type: string;
  bytes: () => string | Uint8Array;
}

function siteFiles(): SiteFile[] {
  const slices = fontSlices();
  return [
    ...slices.map(({ path, source }) => ({ path, type: 'font/woff2', bytes: () => readFileSync(source) })),
    { path: `${fontFolder}/faces.css`, type: 'text/css', bytes: () => fontStyleSheet(slices) },
    { path: `${fontFolder}/LICENSE.txt`, type: 'text/plain', bytes: fontLicence },
    ...(['day', 'night'] as const).map((theme) => ({
      path: `styles/${theme}.json`,
      type: 'application/json',
      bytes: () => JSON.stringify(mapStyle(theme, fontFaces(slices))),
    })),
  ];
}

export function site(): Plugin {
  return {
    name: 'gridward-site',
    generateBundle() {
      for (const { path, bytes } of siteFiles()) {
        this.emitFile({ type: 'asset', fileName: path, source: bytes() });
      }
    },
    transformIndexHtml: {
      // After Vite has gone through the document: the sheet stays a file of its own, shared by all pages.
      order: 'post',
      handler: () => [
        {
          tag: 'link',
          attrs: { rel: 'stylesheet', href: `/${fontFolder}/faces.css` },
          injectTo: 'head',
        },
      ],
    },
    configureServer(server) {
      const files = new Map(siteFiles().map((file) => [`/${file.path}`, file]));
      server.middlewares.use((request, response, next) => {
        const file = files.get((request.url ?? '').split('?')[0] ?? '');
        if (!file) return next();
        response.setHeader('content-type', file.type);
        response.end(file.bytes());
      });
    },
  };
}
