/** Ways and points as features for the map. */
import type { Feature, FeatureCollection } from 'geojson';
import type { Place } from '../../api/questions';

type Properties = Record<string, string | number | boolean>;

export function pointAt({ lon, lat }: Place, properties: Properties = {}): Feature {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lon, lat] } };
}

/** Along longitudes and latitudes. */
export function lineAlong(coordinates: number[][], properties: Properties = {}): Feature {
  return { type: 'Feature', properties, geometry: { type: 'LineString', coordinates } };
}

export function collected(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}
