/**
 * How the places are drawn: compounds and buildings as outlines, gates and entrances as dots, stations and facilities
 * as symbols (their drawings are in `../symbols`; each kind without a drawing of its own shows the general one).
 */
import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import { facilityKinds } from '../symbols/names.ts';
import { regular, type Palette } from './palette.ts';

export const compoundLayers = (c: Palette): LayerSpecification[] => [
  {
    id: 'compounds',
    type: 'fill',
    source: 'base',
    'source-layer': 'compounds',
    minzoom: 13,
    paint: {
      'fill-color': c.compound,
      'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, 0, 14, 1],
    },
  },
  {
    id: 'compound-borders',
    type: 'line',
    source: 'base',
    'source-layer': 'compounds',
    minzoom: 14,
    paint: { 'line-color': c.compoundLine, 'line-width': 1 },
  },
];

export const compoundNames = (c: Palette): LayerSpecification => ({
  id: 'compound-names',
  type: 'symbol',
  source: 'base',
  'source-layer': 'place_labels',
  minzoom: 15.5,
  filter: ['==', ['get', 'kind'], 'compound'],
  layout: {
    'text-field': ['get', 'name'],
    'text-font': regular,
    'text-size': ['interpolate', ['linear'], ['zoom'], 15, 11, 18, 14],
    'text-max-width': 8,
    'text-padding': 4,
  },
  paint: { 'text-color': c.inkCompound, 'text-halo-color': c.halo, 'text-halo-width': 1.4 },
});

export const buildingLayers = (c: Palette): LayerSpecification[] => [
  {
    id: 'buildings',
    type: 'fill',
    source: 'base',
    'source-layer': 'buildings',
    minzoom: 13,
    paint: {
      'fill-color': c.building,
      'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, 0.65, 14.5, 1],
    },
  },
  {
    id: 'building-outlines',
    type: 'line',
    source: 'base',
    'source-layer': 'buildings',
    minzoom: 14.5,
    paint: {
      'line-color': c.buildingLine,
      'line-width': ['interpolate', ['linear'], ['zoom'], 14.5, 0.3, 18, 1.2],
    },
  },
];

export const buildingNames = (c: Palette): LayerSpecification => ({
  id: 'building-names',
  type: 'symbol',
  source: 'base',
  'source-layer': 'place_labels',
  minzoom: 16.5,
  filter: ['==', ['get', 'kind'], 'building'],
  layout: {
    'text-field': ['get', 'name'],
    'text-font': regular,
    'text-size': ['interpolate', ['linear'], ['zoom'], 16, 10, 19, 13],
    'text-max-width': 7,
    'text-padding': 2,
  },
  paint: { 'text-color': c.inkBuilding, 'text-halo-color': c.halo, 'text-halo-width': 1.2 },
});

function dots(c: Palette, id: string, layer: string, minzoom: number, color: string): LayerSpecification {
  return {
    id,
    type: 'circle',
    source: 'base',
    'source-layer': layer,
    minzoom,
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], minzoom, 1.5, 19, 4],
      'circle-color': c.halo,
      'circle-stroke-color': color,
      'circle-stroke-width': 1.2,
    },
  };
}

export const doorLayers = (c: Palette): LayerSpecification[] => [
  dots(c, 'gates', 'gates', 16, c.inkSoft),
  dots(c, 'entrances', 'entrances', 17, c.inkBuilding),
];

const symbolSize: LayerSpecification['layout'] & object = {
  'icon-size': ['interpolate', ['linear'], ['zoom'], 10, 0.26, 12.5, 0.4, 14, 0.62, 16, 0.9],
  'icon-padding': 1,
};

function named(c: Palette, id: string, layer: string, minzoom: number, namesFrom: number, color: string) {
  return {
    id,
    type: 'symbol' as const,
    source: 'base',
    'source-layer': layer,
    minzoom,
    layout: {
      ...symbolSize,
      'icon-image': 'station',
      'text-field': ['step', ['zoom'], '', namesFrom, ['coalesce', ['get', 'name'], '']],
      'text-font': regular,
      'text-size': 11,
      'text-anchor': 'top',
      'text-offset': [0, 1.1],
      'text-max-width': 8,
      'text-optional': true,
    },
    paint: { 'text-color': color, 'text-halo-color': c.halo, 'text-halo-width': 1.4 },
  };
}

export const facilityLayers = (c: Palette): LayerSpecification[] => [
  (() => {
    const layer = named(c, 'facilities', 'facilities', 13.5, 16, c.facility);
    const image = [
      'match',
      ['get', 'kind'],
      ...facilityKinds.flatMap((k) => [k, `facility-${k}`]),
      'facility',
    ];
    return { ...layer, layout: { ...layer.layout, 'icon-image': image } } as LayerSpecification;
  })(),
];

export const stationLayers = (c: Palette): LayerSpecification[] => [
  named(c, 'stations', 'stations', 10, 14.5, c.station) as LayerSpecification,
];
