/**
 * A hazard, people on duty around it, and a gate or street on the way of the first: what a journey about sending needs.
 *
 * Everybody on duty is put somewhere in the middle of the city; then houses are tried until one is found that another would
 * reach first if something on the way of the first were closed.
 */
import { ask, core, tell } from './cities.mjs';

/** So many houses around the middle of the city are looked at. */
const houseCount = 100;
/** Lines of the lattice each way. */
const latticeLines = 16;

async function houses() {
  const { lon, lat } = await core();
  const { results } = await ask(`/near?lon=${lon}&lat=${lat}&kinds=building&k=${houseCount}&radius_m=5000`);
  return results.map(({ place }) => place);
}

/** A house near each crossing of a lattice over the whole city. */
async function housesEverywhere() {
  const [west, south, east, north] = (await ask('/city')).bounds;
  const found = [];
  for (let row = 0; row < latticeLines; row += 1) {
    for (let column = 0; column < latticeLines; column += 1) {
      const lon = west + ((east - west) * (column + 0.5)) / latticeLines;
      const lat = south + ((north - south) * (row + 0.5)) / latticeLines;
      const { results } = await ask(`/near?lon=${lon}&lat=${lat}&kinds=building&k=2&radius_m=300`);
      found.push(...results.map(({ place }) => place));
    }
  }
  return found;
}

/** Puts everybody on duty at a house, spread over the middle of the city; answers how many there are. */
export async function everybodyAbout() {
  const { shifts } = await ask('/shifts?limit=1000');
  const places = await houses();
  const apart = Math.max(1, Math.floor(places.length / shifts.length));
  const at_ms = Date.now();
  const fixes = shifts.map(({ responder }, at) => ({
    sequence: at + 1,
    responder,
    ...places[(at * apart) % places.length],
    accuracy_m: 8,
    at_ms,
  }));
  for (let at = 0; at < fixes.length; at += 200) {
    const { body } = await tell('/positions', { device: 'journey', fixes: fixes.slice(at, at + 200) });
    if (body.refused.length > 0) throw new Error(`refused: ${JSON.stringify(body.refused[0])}`);
  }
  return fixes.length;
}

/** Who would be first, at a place or a case. */
export async function first(question) {
  const { body } = await tell('/nearest-responders', { ...question, k: 2 });
  return body.candidates;
}

/** A hazard at a house, with what is to be closed so that another one is first: `{ case, place, closable, gate, before, after }`. */
export async function scene(closable) {
  for (const place of [...(await houses()), ...(await housesEverywhere())]) {
    const [before] = await first({ place });
    if (!before?.path) continue;
    const found = await gateThatMatters(place, before, closable);
    if (!found) continue;
    const report = { channel: 'desk', category: '14', text: '楼道里有人给电动车充电', place };
    const { status, body } = await tell('/reports', report);
    if (status !== 201) throw new Error(`the report was answered with ${status}`);
    return { case: body.case, place, closable, before: before.responder, ...found };
  }
  throw new Error(`no ${closable} on the way to any house changes who is first`);
}

async function gateThatMatters(place, before, closable) {
  const tried = new Set();
  for (const [lon, lat] of before.path) {
    const { status, body } = await tell('/closures', { what: closable, place: { lon, lat } });
    if (status !== 201) continue;
    const name = `${body.street}/${body.place.lon}/${body.place.lat}`;
    const [after] = tried.has(name) ? [null] : await first({ place });
    tried.add(name);
    await tell(`/closures/${body.id}/end`, {});
    if (after && after.responder !== before.responder) return { gate: body.place, after: after.responder };
  }
  return null;
}
