/** What the pages ask and tell about roads: the way from one place to another, what is closed. */
import { asked, client, patience, type Got, type Posted } from './client';
import type { Reply } from './fault';
import type { Place } from './questions';

export type Route = Posted<'/api/v1/routes', 200>;
export type Closure = Got<'/api/v1/closures'>['closures'][number];
export type Mode = 'foot' | 'e_bike' | 'car';
export type Closable = 'gate' | 'street';

/** The way from one place to another at this hour. */
export function askRoute(from: Place, to: Place, mode: Mode): Promise<Reply<Route>> {
  return asked(client.POST('/api/v1/routes', { body: { from, to, mode }, signal: patience() }));
}

/** What is closed now? */
export async function askClosures(): Promise<Reply<Closure[]>> {
  const reply = await asked(client.GET('/api/v1/closures', { signal: patience(), cache: 'no-store' }));
  return reply.ok ? { ok: true, value: reply.value.closures } : reply;
}

/** Closes the gate or the street at a place, until it is opened again. */
export function closeWay(key: string, what: Closable, place: Place): Promise<Reply<Closure>> {
  return asked(
    client.POST('/api/v1/closures', {
      params: { header: { 'Idempotency-Key': key } },
      body: { what, place },
      signal: patience(),
    }),
  );
}

/** Opens again what was closed. */
export function openWay(id: number): Promise<Reply<true>> {
  const request = client.POST('/api/v1/closures/{id}/end', { params: { path: { id } }, signal: patience() });
  return asked(
    request.then(({ error, response }) =>
      response.ok ? { data: true as const, response } : { error, response },
    ),
  );
}
