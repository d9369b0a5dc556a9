import { existsSync, readdirSync } from 'node:fs';
import { validateStyleMin, type StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import { fontFaces, fontSlices, fontStyleSheet } from '../build/fonts';
import { palettes } from '../src/map/style/palette';
import { mapStyle } from '../src/map/style/style';
import { groupOf, layerGroups } from '../src/map/style/groups';
import { facilityKinds } from '../src/map/symbols/names';

const slices = fontSlices();

/** What the tiles hold: source-layer by source. */
const tileLayers: Record<string, string[]> = {
  base: [
    'areas',
    'area_labels',
    'compounds',
    'place_labels',
    'buildings',
    'streets',
    'gates',
    'entrances',
    'stations',
    'facilities',
  ],
  live: ['hazards'],
};

describe.each(['day', 'night'] as const)('the style by %s', (theme) => {
  const style = mapStyle(theme, fontFaces(slices));
  const text = JSON.stringify(style);

  it('is a valid MapLibre style once its origin is filled in', () => {
    const filled = JSON.parse(text.replaceAll('{origin}', 'http://127.0.0.1:8080')) as StyleSpecification;
    expect(validateStyleMin(filled)).toEqual([]);
  });

  it('points nowhere but to its own server', () => {
    expect(text).not.toMatch(/https?:/);
    expect(text).not.toMatch(/"\/\//);
  });

  it('draws only layers that the tiles hold, and all of them', () => {
    const drawn: Record<string, Set<string>> = { base: new Set(), live: new Set() };
    for (const layer of style.layers) {
      if (!('source' in layer) || typeof layer.source !== 'string') continue;
      drawn[layer.source]?.add(layer['source-layer'] ?? '');
    }
    for (const [source, layers] of Object.entries(tileLayers)) {
      expect([...(drawn[source] ?? [])].sort()).toEqual([...layers].sort());
    }
  });

  it('has layers for every switch, and ids only once', () => {
    const groups = new Set(style.layers.map(groupOf));
    for (const group of layerGroups) expect(groups, group).toContain(group);
    expect(new Set(style.layers.map(({ id }) => id)).size).toBe(style.layers.length);
  });

  it('has a drawing for every symbol that it names', () => {
    const drawn = readdirSync(new URL('../src/map/symbols', import.meta.url))
      .filter((name) => name.endsWith('.svg'))
      .map((name) => name.slice(0, -4));
    const wanted = [
      'station',
      'station-closed',
      'facility',
      'hazard',
      'closure',
      ...facilityKinds.map((k) => `facility-${k}`),
    ];
    expect(drawn.sort()).toEqual(wanted.sort());
  });
});

describe('the fonts', () => {
  it('are there in both weights, file by file', () => {
    expect(new Set(slices.map(({ weight }) => weight))).toEqual(new Set([400, 700]));
    for (const { source } of slices) expect(existsSync(source), source).toBe(true);
  });

  it.each([...'铁西区沈阳霁虹彰驿站肇工街隐患格卫驿', 'K', 'ü', 'ß', '7'])('hold %s', (character) => {
    const code = character.codePointAt(0) ?? 0;
    const holds = (range: string) => {
      const [from, to] = range.replace(/^U\+/i, '').split('-');
      const low = parseInt(from ?? '', 16);
      return code >= low && code <= (to ? parseInt(to, 16) : low);
    };
    expect(slices.some(({ ranges }) => ranges.some(holds))).toBe(true);
  });

  it('are fetched from the same site by the page too', () => {
    expect(fontStyleSheet(slices)).not.toMatch(/https?:|url\((?!\/fonts\/)/);
  });
});

/** How far two colours stand apart, by WCAG 2: 1 for the same, 21 for black on white. */
function contrast(one: string, other: string): number {
  const light = (colour: string) =>
    [1, 3, 5]
      .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, at) => sum + part * ([0.2126, 0.7152, 0.0722][at] as number), 0);
  const [least, most] = [light(one), light(other)].sort((a, b) => a - b) as [number, number];
  return (most + 0.05) / (least + 0.05);
}

describe.each(Object.entries(palettes))('words on the map by %s', (_, c) => {
  it.each(['ink', 'inkSoft', 'inkArea', 'inkCompound', 'hazard', 'station', 'facility'] as const)(
    'can be read: %s on its halo',
    (word) => {
      expect(contrast(c[word], c.halo)).toBeGreaterThan(4.5);
    },
  );
});
