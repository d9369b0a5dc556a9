/** What the journeys know about the cities that they can be sent to. */

import { randomUUID } from 'node:crypto';

const cities = {
  /** Made up, and small. */
  town: {
    /** In which script its names are written. */
    script: /\p{Script=Han}/u,
    /** What it must count at least. */
    least: { districts: 1, streets: 1, communities: 1, grids: 40, buildings: 500, stations: 1 },
    /** Of what there are named ones near. */
    named: 'street',
    /** Whether people live and work there. */
    peopled: true,
  },
  /** Made up at its full size: for figures. */
  district: {
    script: /\p{Script=Han}/u,
    least: { districts: 1, streets: 15, communities: 248, grids: 2441, buildings: 30_000, stations: 261 },
    named: 'street',
    peopled: true,
    /** Where the city is dense. */
    core: { lon: 123.365, lat: 41.795 },
  },
  /** The south of Karlsruhe as OpenStreetMap has it, with drafted grids. */
  karlsruhe: {
    script: /\p{Script=Latin}/u,
    least: { buildings: 2900, facilities: 10, grids: 15 },
    named: 'street',
    peopled: true,
  },
  /** The real boundary of Tiexi with the buildings that are mapped in it, and drafted grids. */
  tiexi: {
    script: /\p{Script=Han}/u,
    least: { districts: 1, buildings: 405, grids: 100 },
    named: 'building',
    /** So few are in view there. */
    inView: 2,
    /** A crossing with mapped buildings around it: most of the district has none. */
    core: { lon: 123.3642, lat: 41.7925 },
  },
};

const name = process.env.JOURNEY_CITY ?? 'town';
if (!(name in cities)) {
  throw new Error(`JOURNEY_CITY is ${name}; the journeys know ${Object.keys(cities).join(' and ')}`);
}

export const city = { name, ...cities[name] };

export const origin = (process.env.GRIDWARD_URL ?? '').replace(/\/$/, '');
if (origin === '') throw new Error('GRIDWARD_URL names no running server, such as http://127.0.0.1:8080');

/** Asks the server itself, so that what the page shows can be compared with what is true. */
export async function ask(path) {
  const response = await fetch(`${origin}/api/v1${path}`);
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
  return response.json();
}

/** Tells the server itself something, as another commander or a telephone would; answers the status and the body. */
export async function tell(path, body) {
  const response = await fetch(`${origin}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

/** Where the journeys look: where the city says, or at the building nearest to its centre. */
export async function core() {
  if (city.core) return city.core;
  const { centre } = await ask('/city');
  const query = `lon=${centre.lon}&lat=${centre.lat}&kinds=building&k=1&radius_m=20000`;
  const { results } = await ask(`/near?${query}`);
  return results[0]?.place ?? centre;
}
