/** Who is on duty, as symbols and numbers for the map. */
import type { Feature } from 'geojson';
import { degreesOf, type AreaCount, type Group, type Person } from '../../live/crowd';
import type { Atlas } from '../symbols/atlas';
import { pointAt } from './features';
import type { Sprite } from './sprites';

/** A fix of this age or less is as good as now, seconds. */
const new_s = 120;
/** From this age on a fix is not relied on, seconds. */
const stale_s = 1800;
const staleOpacity = 0.45;
const oldestOpacity = 0.5;

/** How plainly somebody is drawn: what was seen long ago fades. Who is at a post is there. */
export function plainness({ atPost, stale, seenMs }: Person, nowMs: number): number {
  if (stale) return staleOpacity;
  const age_s = (nowMs - seenMs) / 1000;
  if (atPost || age_s <= new_s) return 1;
  const faded = Math.min(1, (age_s - new_s) / (stale_s - new_s));
  return 1 - faded * (1 - oldestOpacity);
}

/** One symbol for each person and each group; who is busy is drawn last and so lies above the others. */
export function sprites(people: Person[], groups: Group[], atlas: Atlas, nowMs: number): Sprite[] {
  const of = (person: Person): Sprite => {
    const state = person.stale ? 'stale' : person.busy ? 'busy' : 'free';
    const look = atlas.at({ role: person.role, duty: person.duty, state });
    return { x: person.x, y: person.y, look, opacity: plainness(person, nowMs) };
  };
  const ofGroup = ({ x, y, role, duty }: Group): Sprite => ({
    x,
    y,
    look: atlas.at({ role, duty, state: 'free' }),
    opacity: 1,
  });
  const [busy, free] = [people.filter((one) => one.busy), people.filter((one) => !one.busy)];
  return [...groups.map(ofGroup), ...free.map(of), ...busy.map(of)];
}

/** How many there are in a group, as words beside its symbol. */
export function groupFeatures(groups: Group[]): Feature[] {
  return groups
    .filter(({ count }) => count > 1)
    .map((group) => pointAt(degreesOf(group), { count: `×${group.count}` }));
}

/** How many are on duty in each area, where they are not shown one by one. */
export function areaFeatures(counts: AreaCount[]): Feature[] {
  return counts.map(({ area, count, lon, lat }) => pointAt({ lon, lat }, { area, count }));
}

/** The person whose symbol is nearest to a point of the map, within a reach in the same units. */
export function personAt(people: Person[], at: { x: number; y: number }, reach: number): Person | null {
  let [best, least] = [null as Person | null, reach];
  for (const person of people) {
    const away = Math.hypot(person.x - at.x, person.y - at.y);
    if (away <= least) [best, least] = [person, away];
  }
  return best;
}
