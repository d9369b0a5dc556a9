/**
 * The map style by day, as data: the build writes it to `styles/day.json`, the server replaces `{origin}` with its own
 * address and hands it out at `/api/v1/styles/day`. Nothing in it points outside.
 */
import type { LayerSpecification, StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import * as areas from './areas.ts';
import { grouped } from './groups.ts';
import { hazardLayers } from './hazards.ts';
import { day } from './palette.ts';
import * as places from './places.ts';
import { streetLayers, streetNameLayers } from './streets.ts';

/** From the ground up; of names, the later ones win the room. */
const layers: LayerSpecification[] = [
  { id: 'ground', type: 'background', paint: { 'background-color': day.ground } },
  areas.districtGround,
  ...grouped('compounds', places.compoundLayers),
  ...grouped('streets', streetLayers),
  ...grouped('buildings', places.buildingLayers),
  ...grouped('area-grid', [areas.gridBorder]),
  ...grouped('area-community', [areas.communityBorder]),
  ...grouped('area-street', [areas.streetBorder]),
  ...grouped('area-district', areas.districtBorders),
  ...grouped('buildings', places.doorLayers),
  ...grouped('buildings', [places.buildingNames]),
  ...grouped('streets', streetNameLayers),
  ...grouped('compounds', [places.compoundNames]),
  ...grouped('area-grid', [areas.gridNames]),
  ...grouped('facilities', places.facilityLayers),
  ...grouped('stations', places.stationLayers),
  ...grouped('area-community', [areas.communityNames]),
  ...grouped('area-street', [areas.streetNames]),
  ...grouped('area-district', [areas.districtNames]),
  ...grouped('hazards', hazardLayers),
];

/** The style; `fontFaces` as the build lays the font files down. */
export function dayStyle(
  fontFaces: Record<string, { url: string; 'unicode-range': string[] }[]>,
): StyleSpecification {
  return {
    version: 8,
    name: 'Gridward day',
    sources: {
      base: { type: 'vector', url: '{origin}/api/v1/tiles/base' },
      live: { type: 'vector', url: '{origin}/api/v1/tiles/live' },
    },
    'font-faces': fontFaces as StyleSpecification['font-faces'],
    layers,
  } as StyleSpecification;
}
