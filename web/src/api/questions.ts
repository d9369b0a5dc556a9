/**
 * What the pages ask the server: one function per question, each answered by a value or a {@link Fault}, never by an
 * exception.
 */
import { asked, client, patience, type Got, type Posted } from './client';
import { readProblem, type Reply } from './fault';
import type { Theme } from '../map/style/palette';
import type { paths } from './schema';

export type City = Got<'/api/v1/city'>;
export type Category = Got<'/api/v1/categories'>['categories'][number];
export type Located = Got<'/api/v1/locate'>;
export type AreaName = Located['areas'][number];
export type NearThing = Got<'/api/v1/near'>['results'][number];
export type Case = Got<'/api/v1/cases'>['cases'][number];
export type Found = Got<'/api/v1/search'>['results'][number];
export type Receipt = Posted<'/api/v1/reports', 201>;
export type ReportBody = paths['/api/v1/reports']['post']['requestBody']['content']['application/json'];
type CaseStepBody = paths['/api/v1/cases/{id}/steps']['post']['requestBody']['content']['application/json'];

/** WGS-84, degrees. */
export interface Place {
  lon: number;
  lat: number;
}

/** Which city is this, and how much of it is known? */
export function askCity(): Promise<Reply<City>> {
  return asked(client.GET('/api/v1/city', { signal: patience() }));
}

/** By which categories are matters told apart? */
export async function askCategories(): Promise<Reply<Category[]>> {
  const reply = await asked(client.GET('/api/v1/categories', { signal: patience() }));
  return reply.ok ? { ok: true, value: reply.value.categories } : reply;
}

/** Where is this place? */
export function askWhere({ lon, lat }: Place): Promise<Reply<Located>> {
  return asked(client.GET('/api/v1/locate', { params: { query: { lon, lat } }, signal: patience() }));
}

/** What is near this place, the nearest first? At most `k` things of each of the given kinds, within `radius_m`. */
export async function askNear(
  { lon, lat }: Place,
  kinds: readonly string[],
  k: number,
  radius_m: number,
): Promise<Reply<NearThing[]>> {
  const query = { lon, lat, kinds: kinds.join(','), k, radius_m };
  const reply = await asked(client.GET('/api/v1/near', { params: { query }, signal: patience() }));
  return reply.ok ? { ok: true, value: reply.value.results } : reply;
}

/** The newest cases that are open. */
export async function askCases(limit: number): Promise<Reply<Case[]>> {
  const reply = await asked(
    client.GET('/api/v1/cases', {
      params: { query: { state: 'open', limit } },
      signal: patience(),
      cache: 'no-store',
    }),
  );
  return reply.ok ? { ok: true, value: reply.value.cases } : reply;
}

/** One case. */
export function askCase(id: number): Promise<Reply<Case>> {
  return asked(
    client.GET('/api/v1/cases/{id}', { params: { path: { id } }, signal: patience(), cache: 'no-store' }),
  );
}

/** Takes a case a step further. */
export function stepCase(key: string, id: number, body: CaseStepBody): Promise<Reply<Case>> {
  return asked(
    client.POST('/api/v1/cases/{id}/steps', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
      signal: patience(),
    }),
  );
}

/** What is called so, or has this code? What fits best first. */
export async function askSearch(words: string, limit: number): Promise<Reply<Found[]>> {
  const query = { q: words, limit };
  const reply = await asked(client.GET('/api/v1/search', { params: { query }, signal: patience() }));
  return reply.ok ? { ok: true, value: reply.value.results } : reply;
}

/** TileJSON: somebody else's format, and so an open object in the description. */
export interface TileSet {
  tiles: string[];
  [more: string]: unknown;
}

/** Where the tiles of a set are fetched at its present version, and how deep and wide it goes. */
export async function askTileSet(set: 'base' | 'live'): Promise<Reply<TileSet>> {
  const reply = await asked(
    client.GET('/api/v1/tiles/{set}', {
      params: { path: { set } },
      signal: patience(),
      cache: 'no-store',
    }),
  );
  if (!reply.ok) return reply;
  const { tiles, ...more } = reply.value as { tiles?: unknown };
  return Array.isArray(tiles)
    ? { ok: true, value: { ...more, tiles: tiles.map(String) } }
    : { ok: false, fault: readProblem(500, null) };
}

/** The map style, ready to draw. It is no part of the typed contract: MapLibre checks it. */
export async function askStyle(name: Theme): Promise<Reply<object>> {
  const [style, base, live] = await Promise.all([askBareStyle(name), askTileSet('base'), askTileSet('live')]);
  if (!style.ok) return style;
  const { sources, ...rest } = style.value as { sources?: Record<string, object> };
  // What the map would ask for by itself, one after the other; where it was not answered, it still does.
  const told = (reply: Reply<TileSet>, source: object | undefined) =>
    reply.ok ? sourceOf(reply.value) : source;
  const filled = { ...sources, base: told(base, sources?.['base']), live: told(live, sources?.['live']) };
  return { ok: true, value: { ...rest, sources: filled } };
}

/** A source of a style by what TileJSON says, as the map itself would take it. */
function sourceOf({ tiles, bounds, minzoom, maxzoom, attribution }: TileSet): object {
  const said = Object.entries({ bounds, minzoom, maxzoom, attribution });
  return { type: 'vector', tiles, ...Object.fromEntries(said.filter(([, value]) => value !== undefined)) };
}

function askBareStyle(name: Theme): Promise<Reply<object>> {
  return asked(
    fetch(`/api/v1/styles/${name}`, { signal: patience() }).then(async (response) => ({
      response,
      ...(response.ok
        ? { data: (await response.json()) as object }
        : { error: await response.json().catch(() => null) }),
    })),
  );
}

/** Tells the server of something, once: the same key with the same body is the same report, however often it is sent. */
export function placeReport(key: string, body: ReportBody): Promise<Reply<Receipt>> {
  return asked(
    client.POST('/api/v1/reports', {
      params: { header: { 'Idempotency-Key': key } },
      body,
      signal: patience(),
    }),
  );
}
