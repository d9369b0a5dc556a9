/**
 * Which font files does the product carry, and for which characters?
 *
 * Noto Sans SC (OFL 1.1) in about a hundred slices per weight: a browser fetches only the slices whose characters it
 * has to draw. The same files serve the type of the page (a style sheet of `@font-face` rules) and the labels of the
 * map (`font-faces` of the style), so that nobody needs a Chinese font of their own, and nothing is fetched from
 * outside.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const packageFolder = dirname(require.resolve('@fontsource/noto-sans-sc/package.json'));
const packageVersion: string = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version;

/** The folder under the site's root; it carries the version, so its files never change and may be kept for ever. */
export const fontFolder = `fonts/noto-sans-sc-${packageVersion}`;

const weights = [
  { weight: 400, face: 'Noto Sans SC Regular' },
  { weight: 700, face: 'Noto Sans SC Bold' },
] as const;

export interface FontSlice {
  /** Path under the site's root, without a leading slash. */
  path: string;
  /** Where the bytes are at build time. */
  source: string;
  weight: number;
  face: string;
  /** CSS unicode ranges, such as `U+4e00-4e0f`. */
  ranges: string[];
}

/** All slices, in the order of the package. */
export function fontSlices(): FontSlice[] {
  const unicode: Record<string, string> = JSON.parse(
    readFileSync(join(packageFolder, 'unicode.json'), 'utf8'),
  );
  return weights.flatMap(({ weight, face }) =>
    Object.entries(unicode).map(([subset, ranges]) => {
      const slice = subset.replace(/[[\]]/g, '');
      return {
        path: `${fontFolder}/${slice}-${weight}.woff2`,
        source: join(packageFolder, 'files', `noto-sans-sc-${slice}-${weight}-normal.woff2`),
        weight,
        face,
        ranges: ranges.split(','),
      };
    }),
  );
}

/** The `@font-face` rules for the page. */
export function fontStyleSheet(slices: FontSlice[]): string {
  return slices
    .map(
      ({ path, weight, ranges }) =>
        `@font-face{font-family:'Noto Sans SC';font-style:normal;font-display:swap;font-weight:${weight};` +
        `src:url(/${path}) format('woff2');unicode-range:${ranges.join(',')}}`,
    )
    .join('\n');
}

/** The same files as `font-faces` of a map style; `{origin}` is filled in by whoever hands the style out. */
export function fontFaces(slices: FontSlice[]): Record<string, { url: string; 'unicode-range': string[] }[]> {
  const faces: Record<string, { url: string; 'unicode-range': string[] }[]> = {};
  for (const { path, face, ranges } of slices) {
    (faces[face] ??= []).push({ url: `{origin}/${path}`, 'unicode-range': ranges });
  }
  return faces;
}

/** The licence that has to travel with the font. */
export function fontLicence(): string {
  return readFileSync(join(packageFolder, 'LICENSE'), 'utf8');
}
