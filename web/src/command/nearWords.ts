/** How is a near thing called, and what is said about it in one line? */
import type { Category, NearThing } from '../api/questions';
import { facilitySymbol } from '../map/symbols/images';
import { m } from '../paraglide/messages.js';
import { moment } from '../words/figures';
import type { Language } from '../words/language.svelte';
import { categoryWord, facilityWord, stateWord, weekdayWord } from '../words/vocabulary';

/** The symbol of the thing on the map; `null` where it is drawn as an outline. */
export function nearSymbol(thing: NearThing): string | null {
  if (thing.kind === 'facility') return facilitySymbol(thing.detail.kind ?? null);
  return thing.kind === 'station' || thing.kind === 'hazard' ? thing.kind : null;
}

/** A hazard by what it is, everything else by its name, else its address. */
export function nearTitle(thing: NearThing, categories: Category[], language: Language): string {
  const { category, address } = thing.detail;
  if (thing.kind === 'hazard' && category) return categoryWord(categories, category, language);
  return thing.name || address || m.unnamed();
}

/**
 * State and time of a hazard, kind of a facility, hours of a station, address and storeys of a building; empty where
 * nothing is known. `day` counts from Sunday, 0.
 */
export function nearDetail(thing: NearThing, day: number): string {
  const { state, seen_at, kind, address, storeys } = thing.detail;
  const said: (string | null | undefined)[] = [];
  if (thing.kind === 'hazard') said.push(state && stateWord(state), seen_at && moment(seen_at));
  if (thing.kind === 'facility') said.push(kind && facilityWord(kind));
  if (thing.kind === 'facility' || thing.kind === 'station')
    said.push(hoursOn(day, thing.detail.hours ?? []));
  if (thing.kind === 'building') {
    said.push(thing.name ? address : null, storeys ? m.storeys({ n: String(storeys) }) : null);
  }
  return said.filter(Boolean).join(' · ');
}

type Hours = NonNullable<NearThing['detail']['hours']>;

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The hours of one day of the week, with the day's name; `null` where they are not known or it is closed all day. */
function hoursOn(day: number, hours: Hours): string | null {
  const spans = hours
    .filter((span) => span.day === weekdays[day])
    .map(({ from_min, until_min }) => `${clock(from_min)}–${clock(until_min)}`);
  return spans.length > 0 ? `${weekdayWord(day)} ${spans.join(' ')}` : null;
}

/** Minutes since midnight as `08:30`; what runs on into the next day shows that day's clock. */
function clock(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return minutes === 1440 ? '24:00' : `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}
