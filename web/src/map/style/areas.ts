/**
 * How areas are drawn: the wider the level, the stronger its border. Names come from `area_labels`, one point per
 * area, because a name on a polygon would be repeated in every tile that the polygon touches.
 */
import type { LayerSpecification, LineLayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import { bold, regular, type Palette } from './palette.ts';

type Level = 'district' | 'street' | 'community' | 'grid';

function border(level: Level, minzoom: number, paint: LineLayerSpecification['paint']): LayerSpecification {
  return {
    id: `area-${level}-border`,
    type: 'line',
    source: 'base',
    'source-layer': 'areas',
    minzoom,
    filter: ['==', ['get', 'level'], level],
    layout: { 'line-join': 'round' },
    paint,
  };
}

export const districtGround = (c: Palette): LayerSpecification => ({
  id: 'area-district-ground',
  type: 'fill',
  source: 'base',
  'source-layer': 'areas',
  filter: ['==', ['get', 'level'], 'district'],
  paint: { 'fill-color': c.district },
});

/**
 * Thin and solid: two neighbours draw their common border twice, each in its own direction, so dashes would fill one
 * another's gaps here and not there.
 */
export const gridBorder = (c: Palette) =>
  border('grid', 13, {
    'line-color': c.borderGrid,
    'line-width': ['interpolate', ['linear'], ['zoom'], 13, 0.6, 16, 1.2, 18, 1.8],
    'line-opacity': ['interpolate', ['linear'], ['zoom'], 13, 0.35, 15, 0.85],
  });

export const communityBorder = (c: Palette) =>
  border('community', 11, {
    'line-color': c.borderCommunity,
    'line-width': ['interpolate', ['linear'], ['zoom'], 11, 0.5, 13, 1.1, 15, 1.8, 18, 2.8],
    'line-opacity': ['interpolate', ['linear'], ['zoom'], 11, 0.4, 13, 0.9],
  });

export const streetBorder = (c: Palette) =>
  border('street', 9, {
    'line-color': c.borderStreet,
    'line-width': ['interpolate', ['linear'], ['zoom'], 9, 0.7, 12, 1.5, 15, 2.2, 18, 3.5],
  });

export const districtBorders = (c: Palette): LayerSpecification[] => [
  {
    ...border('district', 0, {
      'line-color': c.borderDistrict,
      'line-width': ['interpolate', ['linear'], ['zoom'], 8, 4, 12, 8, 18, 14],
      'line-opacity': 0.16,
    }),
    id: 'area-district-band',
  } as LayerSpecification,
  border('district', 0, {
    'line-color': c.borderDistrict,
    'line-width': ['interpolate', ['linear'], ['zoom'], 6, 0.8, 10, 1.6, 14, 3, 18, 4.5],
  }),
];

function names(
  c: Palette,
  level: Level,
  zooms: [number, number],
  face: string[],
  sizes: [number, number],
  spacing = 0.04,
): LayerSpecification {
  return {
    id: `area-${level}-names`,
    type: 'symbol',
    source: 'base',
    'source-layer': 'area_labels',
    minzoom: zooms[0],
    maxzoom: zooms[1],
    filter: ['==', ['get', 'level'], level],
    layout: {
      'text-field': ['get', 'name'],
      'text-font': face,
      'text-size': ['interpolate', ['linear'], ['zoom'], zooms[0], sizes[0], zooms[1], sizes[1]],
      'text-letter-spacing': spacing,
      'text-max-width': 8,
      'text-padding': 4,
    },
    paint: {
      'text-color': c.inkArea,
      'text-halo-color': c.halo,
      'text-halo-width': 1.6,
      'text-opacity': level === 'grid' ? 0.9 : 1,
    },
  };
}

export const gridNames = (c: Palette) => names(c, 'grid', [15, 22], regular, [10, 13], 0);
export const communityNames = (c: Palette) => names(c, 'community', [12.6, 17], regular, [11, 15]);
export const streetNames = (c: Palette) => names(c, 'street', [9.6, 15], bold, [11, 18], 0.06);
export const districtNames = (c: Palette) => names(c, 'district', [5, 11], bold, [14, 22], 0.12);
