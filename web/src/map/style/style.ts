/**
 * The map style, by day and by night, as data: the build writes it to `styles/day.json` and `styles/night.json`, the server replaces `{origin}` with
 * its own address and hands it out at `/api/v1/styles/day`. Nothing in it points outside.
 */
import type { LayerSpecification, StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import * as areas from './areas.ts';
import { grouped } from './groups.ts';
import { hazardLayers } from './hazards.ts';
import { palettes, type Palette, type Theme } from './palette.ts';
import * as places from './places.ts';
import { streetLayers, streetNameLayers } from './streets.ts';

/** From the ground up; of names, the later ones win the room. */
const layers = (c: Palette): LayerSpecification[] => [
  { id: 'ground', type: 'background', paint: { 'background-color': c.ground } },
  areas.districtGround(c),
  ...grouped('compounds', places.compoundLayers(c)),
  ...grouped('streets', streetLayers(c)),
  ...grouped('buildings', places.buildingLayers(c)),
  ...grouped('area-grid', [areas.gridBorder(c)]),
  ...grouped('area-community', [areas.communityBorder(c)]),
  ...grouped('area-street', [areas.streetBorder(c)]),
  ...grouped('area-district', areas.districtBorders(c)),
  ...grouped('buildings', places.doorLayers(c)),
  ...grouped('buildings', [places.buildingNames(c)]),
  ...grouped('streets', streetNameLayers(c)),
  ...grouped('compounds', [places.compoundNames(c)]),
  ...grouped('area-grid', [areas.gridNames(c)]),
  ...grouped('facilities', places.facilityLayers(c)),
  ...grouped('stations', places.stationLayers(c)),
  ...grouped('area-community', [areas.communityNames(c)]),
  ...grouped('area-street', [areas.streetNames(c)]),
  ...grouped('area-district', [areas.districtNames(c)]),
  ...grouped('hazards', hazardLayers(c)),
];

/** The style of a theme; `fontFaces` as the build lays the font files down. */
export function mapStyle(
  theme: Theme,
  fontFaces: Record<string, { url: string; 'unicode-range': string[] }[]>,
): StyleSpecification {
  return {
    version: 8,
    name: `Gridward ${theme}`,
    sources: {
      base: { type: 'vector', url: '{origin}/api/v1/tiles/base' },
      live: { type: 'vector', url: '{origin}/api/v1/tiles/live' },
    },
    'font-faces': fontFaces as StyleSpecification['font-faces'],
    layers: layers(palettes[theme]),
  } as StyleSpecification;
}
