/** How is a near thing called, and what is said about it in one line? */
import type { Category, NearThing } from '../api/questions';
import { facilitySymbol } from '../map/symbols/images';
import { m } from '../paraglide/messages.js';
import { moment } from '../words/figures';
import type { Language } from '../words/language.svelte';
import { categoryWord, facilityWord, stateWord, weekdayWord } from '../words/vocabulary';

type Detail = Record<string, unknown>;

function detailOf(thing: NearThing): Detail {
  return typeof thing.detail === 'object' && thing.detail !== null ? (thing.detail as Detail) : {};
}

function text(detail: Detail, key: string): string | null {
  const value = detail[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

function number(detail: Detail, key: string): number | null {
  const value = detail[key];
  return typeof value === 'number' ? value : null;
}

/** The symbol of the thing on the map; `null` where it is drawn as an outline. */
export function nearSymbol(thing: NearThing): string | null {
  if (thing.kind === 'facility') return facilitySymbol(text(detailOf(thing), 'kind'));
  return thing.kind === 'station' || thing.kind === 'hazard' ? thing.kind : null;
}

export function nearTitle(thing: NearThing, categories: Category[], language: Language): string {
  const detail = detailOf(thing);
  const category = text(detail, 'category');
  if (thing.kind === 'hazard' && category) return categoryWord(categories, category, language);
  return thing.name || text(detail, 'address') || m.unnamed();
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The hours of one day of the week, with the day's name; `null` where they are not known or it is closed all day. */
function hoursOn(day: number, detail: Detail): string | null {
  const hours = Array.isArray(detail['hours']) ? (detail['hours'] as Detail[]) : [];
  const spans = hours
    .filter((span) => span['day'] === weekdays[day])
    .map((span) => `${clock(number(span, 'from_min') ?? 0)}–${clock(number(span, 'until_min') ?? 0)}`);
  return spans.length > 0 ? `${weekdayWord(day)} ${spans.join(' ')}` : null;
}

/** Minutes since midnight as `08:30`; what runs on into the next day shows that day's clock. */
function clock(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return minutes === 1440 ? '24:00' : `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

/**
 * State and time of a hazard, kind of a facility, hours of a station, address and storeys of a building; empty where
 * nothing is known. `day` counts from Sunday, 0.
 */
export function nearDetail(thing: NearThing, day: number): string {
  const detail = detailOf(thing);
  const said: (string | null)[] = [];
  if (thing.kind === 'hazard') {
    const state = text(detail, 'state');
    const seen = text(detail, 'seen_at') ?? number(detail, 'seen_at');
    said.push(state && stateWord(state), seen === null ? null : moment(seen));
  }
  if (thing.kind === 'facility') {
    const kind = text(detail, 'kind');
    said.push(kind && facilityWord(kind));
  }
  if (thing.kind === 'facility' || thing.kind === 'station') said.push(hoursOn(day, detail));
  if (thing.kind === 'building') {
    const storeys = number(detail, 'storeys');
    said.push(thing.name ? text(detail, 'address') : null);
    said.push(storeys === null ? null : m.storeys({ n: String(storeys) }));
  }
  return said.filter(Boolean).join(' · ');
}
