/**
 * The product's own symbols, as pictures for the map and for the page.
 *
 * They are kept as SVG, drawn by hand, and turned into pixels here: MapLibre takes no SVG.
 */
import type { Map } from 'maplibre-gl';
import { facilityKinds } from './names';
import { personDrawings } from './people';

const files = import.meta.glob<string>('./*.svg', { query: '?raw', import: 'default', eager: true });
const drawings: Record<string, string> = {
  ...Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path.slice('./'.length, -'.svg'.length), text]),
  ),
  ...personDrawings(),
};

/** Device pixels per map pixel: sharp on dense screens, still small. */
const pixelRatio = 2;

export interface SymbolImage {
  id: string;
  pixels: ImageData;
}

/** An address for `<img src>`; the general facility where there is no such drawing. */
export function symbolUrl(id: string): string {
  return `data:image/svg+xml,${encodeURIComponent(drawings[id] ?? drawings['facility'] ?? '')}`;
}

/** The drawing for a kind of facility. */
export function facilitySymbol(kind: string | null): string {
  return kind !== null && (facilityKinds as readonly string[]).includes(kind)
    ? `facility-${kind}`
    : 'facility';
}

/** All symbols in pixels. They must be at hand when the style loads, since tiles ask for them at once. */
export function drawSymbols(): Promise<SymbolImage[]> {
  return Promise.all(Object.keys(drawings).map(drawSymbol));
}

async function drawSymbol(id: string): Promise<SymbolImage> {
  const image = new Image();
  image.src = symbolUrl(id);
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * pixelRatio;
  canvas.height = image.naturalHeight * pixelRatio;
  // Its pixels are read at once: on a graphics card that would be waited for.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('this browser draws no 2D canvas');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return { id, pixels: context.getImageData(0, 0, canvas.width, canvas.height) };
}

/** Gives the symbols to a map, those that it does not have yet. */
export function addSymbols(map: Map, symbols: SymbolImage[]): void {
  for (const { id, pixels } of symbols) {
    if (!map.hasImage(id)) map.addImage(id, pixels, { pixelRatio });
  }
}
