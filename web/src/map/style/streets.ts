/**
 * How streets are drawn: a casing(c) below, a surface(c) above, both by kind and zoom; ways for feet as thin dashes.
 */
import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import { bold, regular, type Palette } from './palette.ts';

const forFeet = ['footway', 'cycleway', 'path', 'steps', 'track'];

/** Width of the surface(c) in pixels at zooms 8, 12, 15 and 18. */
const widths: Record<string, [number, number, number, number]> = {
  motorway: [1.2, 3, 9, 30],
  trunk: [1, 2.8, 8, 28],
  primary: [0.8, 2.4, 7.5, 26],
  secondary: [0.6, 1.9, 6.5, 23],
  tertiary: [0.4, 1.3, 5, 19],
  residential: [0.3, 0.7, 3.6, 15],
  living: [0.3, 0.6, 3, 12],
  pedestrian: [0.3, 0.5, 2.6, 11],
  service: [0.2, 0.4, 1.8, 8],
};

/** Wide streets lie over narrow ones where they meet. */
const rank = Object.keys(widths).reverse();

function byKind<T extends string | number>(values: Record<string, T>, otherwise: T): ExpressionSpecification {
  return [
    'match',
    ['get', 'kind'],
    ...Object.entries(values).flat(),
    otherwise,
  ] as unknown as ExpressionSpecification;
}

function widthAt(stop: 0 | 1 | 2 | 3, extra: number): ExpressionSpecification {
  const values = Object.fromEntries(Object.entries(widths).map(([kind, at]) => [kind, at[stop] + extra]));
  return byKind(values, 1 + extra);
}

function width(extra: [number, number, number, number]): ExpressionSpecification {
  return [
    'interpolate',
    ['exponential', 1.4],
    ['zoom'],
    8,
    widthAt(0, extra[0]),
    12,
    widthAt(1, extra[1]),
    15,
    widthAt(2, extra[2]),
    18,
    widthAt(3, extra[3]),
  ];
}

const sortKey = byKind(Object.fromEntries(rank.map((kind, place) => [kind, place])), -1);

const surface = (c: Palette) =>
  byKind(
    {
      motorway: c.motorway,
      trunk: c.trunk,
      primary: c.primary,
      secondary: c.secondary,
      pedestrian: c.district,
    },
    c.minor,
  );

const casing = (c: Palette) =>
  byKind({ motorway: c.casingStrong, trunk: c.casingStrong, primary: c.casingStrong }, c.casing);

const walked: ExpressionSpecification = ['in', ['get', 'kind'], ['literal', forFeet]];
const driven: FilterSpecification = [
  'all',
  ['!', walked],
  ['!', ['has', 'bridge']],
  ['!', ['has', 'tunnel']],
];
const bridges: FilterSpecification = ['all', ['!', walked], ['has', 'bridge']];
const tunnels: FilterSpecification = ['all', ['!', walked], ['has', 'tunnel']];

function line(
  id: string,
  filter: FilterSpecification,
  color: ExpressionSpecification | string,
  extra: [number, number, number, number],
  cap: 'round' | 'butt',
): LayerSpecification {
  return {
    id,
    type: 'line',
    source: 'base',
    'source-layer': 'streets',
    filter,
    layout: { 'line-cap': cap, 'line-join': 'round', 'line-sort-key': sortKey },
    paint: { 'line-color': color, 'line-width': width(extra) },
  };
}

/** Everything of streets that lies below the buildings. */
export const streetLayers = (c: Palette): LayerSpecification[] => [
  {
    ...line('street-tunnels', tunnels, c.tunnel, [0, 0, 0.5, 1], 'butt'),
    paint: { 'line-color': c.casing, 'line-width': width([0, 0, 0, 0]), 'line-dasharray': [1.5, 1] },
  } as LayerSpecification,
  {
    id: 'street-paths',
    type: 'line',
    source: 'base',
    'source-layer': 'streets',
    minzoom: 14,
    filter: walked,
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': c.path,
      'line-width': ['interpolate', ['linear'], ['zoom'], 14, 0.6, 18, 2],
      'line-dasharray': [3, 2],
      'line-opacity': ['interpolate', ['linear'], ['zoom'], 14, 0.4, 16, 1],
    },
  },
  line('street-casings', driven, casing(c), [0.3, 0.8, 1.6, 2.4], 'butt'),
  line('street-surfaces', driven, surface(c), [0, 0, 0, 0], 'round'),
  line('street-bridge-casings', bridges, casing(c), [0.6, 1.4, 2.4, 3.4], 'butt'),
  line('street-bridge-surfaces', bridges, surface(c), [0, 0, 0, 0], 'butt'),
];

function names(
  c: Palette,
  id: string,
  kinds: string[],
  minzoom: number,
  face: string[],
  size: number,
): LayerSpecification {
  return {
    id,
    type: 'symbol',
    source: 'base',
    'source-layer': 'streets',
    minzoom,
    filter: ['all', ['has', 'name'], ['in', ['get', 'kind'], ['literal', kinds]]],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 320,
      'text-field': ['get', 'name'],
      'text-font': face,
      'text-size': ['interpolate', ['linear'], ['zoom'], minzoom, size - 1, 18, size + 2],
      'text-letter-spacing': 0.06,
      'text-max-angle': 35,
      'text-padding': 6,
    },
    paint: {
      'text-color': c.inkSoft,
      'text-halo-color': c.halo,
      'text-halo-width': 1.6,
    },
  };
}

/** Names along the streets; they lie above the buildings. The most important come last, so they win the room. */
export const streetNameLayers = (c: Palette): LayerSpecification[] => [
  names(c, 'street-names-service', ['service', ...forFeet], 17, regular, 11),
  names(c, 'street-names-minor', ['residential', 'living', 'pedestrian'], 15, regular, 11),
  names(c, 'street-names-middle', ['tertiary', 'secondary'], 13.2, regular, 12),
  names(c, 'street-names-main', ['primary', 'trunk', 'motorway'], 12, bold, 12),
];
