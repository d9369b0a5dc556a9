/** What the journeys know about the cities that they can be sent to. */

const cities = {
  tiexi: {
    /** A place in the dense old core, in 凌空街道. */
    core: { lon: 123.3696, lat: 41.77 },
    /** In which script its names are written. */
    script: /\p{Script=Han}/u,
    counts: { districts: 1, grids: 2441 },
  },
  karlsruhe: {
    core: null,
    script: /\p{Script=Latin}/u,
    counts: {},
  },
};

const name = process.env.JOURNEY_CITY ?? 'karlsruhe';
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

/** Where the journeys look: the city's core, or the building nearest to its centre. */
export async function core() {
  if (city.core) return city.core;
  const { centre, bounds } = await ask('/city');
  const middle = centre ?? {
    lon: (bounds[0] + bounds[2]) / 2,
    lat: (bounds[1] + bounds[3]) / 2,
  };
  const query = `lon=${middle.lon}&lat=${middle.lat}&kinds=building&k=1&radius_m=5000`;
  const { results } = await ask(`/near?${query}`);
  return results[0]?.place ?? middle;
}
