/** Whose symbol lies under a point of the map? */
import type { LngLat, Map } from 'maplibre-gl';
import { pointOf, type Person } from '../live/crowd';
import { personAt } from '../map/layers/forces';
import { spriteWidth_px } from '../map/layers/sprites';

/** The world is so many pixels wide at zoom 0. */
const world_px = 512;

export function personUnder(map: Map, { lng, lat }: LngLat, people: Person[]): Person | null {
  const zoom = map.getZoom();
  const reach = spriteWidth_px(zoom) / 2 / (world_px * 2 ** zoom);
  return personAt(people, pointOf(lng, lat), reach);
}
