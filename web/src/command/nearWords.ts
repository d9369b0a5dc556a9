/** How is a near thing called, and what is said about it in one line? */
import type { Category, NearThing } from '../api/questions';
import { facilitySymbol } from '../map/symbols/images';
import { m } from '../paraglide/messages.js';
import { moment } from '../words/figures';
import type { Language } from '../words/language.svelte';
import { categoryWord, facilityWord, stateWord } from '../words/vocabulary';

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

/** State and time of a hazard, kind of a facility, address and storeys of a building; empty where nothing is known. */
export function nearDetail(thing: NearThing): string {
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
  if (thing.kind === 'building') {
    const storeys = number(detail, 'storeys');
    said.push(thing.name ? text(detail, 'address') : null);
    said.push(storeys === null ? null : m.storeys({ n: String(storeys) }));
  }
  return said.filter(Boolean).join(' · ');
}
