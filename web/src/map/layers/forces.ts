/** Who is on duty, as features for the map. */
import type { Feature } from 'geojson';
import type { Force, Person } from '../../api/people';
import { personSymbol } from '../symbols/people';
import { pointAt } from './features';

/** A fix of this age or less is as good as now, seconds. */
const new_s = 120;
/** From this age on a fix is not relied on, seconds. */
const stale_s = 1800;
const staleOpacity = 0.25;
const oldestOpacity = 0.5;

/** How plainly somebody is drawn: what was seen long ago fades. Who is at a post is there. */
export function plainness({ position, fresh }: Pick<Person, 'position' | 'fresh'>): number {
  if (!fresh) return staleOpacity;
  const age_s = position.age_s ?? 0;
  if (position.source === 'duty_post' || age_s <= new_s) return 1;
  const faded = Math.min(1, (age_s - new_s) / (stale_s - new_s));
  return 1 - faded * (1 - oldestOpacity);
}

/** One feature for each person; those of one role and duty who are shown at one point, since only their grid is told, are one feature with their number. */
export function personFeatures(force: Force | null): Feature[] {
  const groups = new Map<string, Person[]>();
  for (const person of force?.people ?? []) {
    const { place, precision } = person.position;
    if (!place) continue;
    const alike = `${place.lon},${place.lat},${person.role},${person.duty.kind}`;
    const key = precision === 'grid' ? alike : `${person.responder}`;
    const group = groups.get(key);
    if (group) group.push(person);
    else groups.set(key, [person]);
  }
  return [...groups.values()].flatMap((people) => {
    const [one] = people;
    const place = one?.position.place;
    if (!one || !place) return [];
    return pointAt(place, {
      symbol: personSymbol(one.role, one.duty.kind),
      plainness: Math.max(...people.map(plainness)),
      count: people.length > 1 ? `×${people.length}` : '',
      busy: people.some(({ task }) => task != null),
      responder: one.responder,
    });
  });
}

/** How many are on duty in each area, where they are too many to be shown one by one. */
export function areaFeatures(force: Force | null): Feature[] {
  return (force?.areas ?? []).map(({ area, place, count }) => pointAt(place, { area, count }));
}
