/**
 * How hazards are drawn: a red triangle with an exclamation mark, never left out for want of room; what is cleared is in
 * no tile. Shape and words carry the meaning, colour only helps. The words depend on the reader's language, so the page
 * sets them (`HazardWordsLayer`); without it the symbol stands alone.
 */
import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import { bold, type Palette } from './palette.ts';

export const hazardWordsLayerId = 'hazards';

export const hazardLayers = (c: Palette): LayerSpecification[] => [
  {
    id: 'hazard-glow',
    type: 'circle',
    source: 'live',
    'source-layer': 'hazards',
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 5, 13, 11, 17, 22],
      'circle-color': c.hazard,
      'circle-opacity': 0.14,
    },
  },
  {
    id: hazardWordsLayerId,
    type: 'symbol',
    source: 'live',
    'source-layer': 'hazards',
    layout: {
      'icon-image': 'hazard',
      'icon-size': ['interpolate', ['linear'], ['zoom'], 8, 0.3, 11, 0.5, 13, 0.75, 16, 1.1],
      'icon-allow-overlap': true,
      'icon-padding': 0,
      'symbol-sort-key': ['-', ['coalesce', ['get', 'seen_at'], 0]],
      'text-font': bold,
      'text-size': 12,
      'text-anchor': 'top',
      'text-offset': [0, 1.1],
      'text-max-width': 9,
      'text-optional': true,
    },
    paint: { 'text-color': c.hazard, 'text-halo-color': c.halo, 'text-halo-width': 1.8 },
  },
];
