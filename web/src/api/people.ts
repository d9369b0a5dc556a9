/** What the pages ask and tell about people: who is on duty, who can be there first, who is sent, what is closed. */
import { asked, client, patience, type Got } from './client';
import type { Reply } from './fault';
import type { Place } from './questions';
import type { paths } from './schema';

type Posted<Path extends keyof paths, Status extends number> = paths[Path] extends {
  post: { responses: infer All };
}
  ? Status extends keyof All
    ? All[Status] extends { content: { 'application/json': infer T } }
      ? T
      : never
    : never
  : never;

export type Force = Got<'/api/v1/responders'>;
export type Person = Force['people'][number];
export type Nearest = Posted<'/api/v1/nearest-responders', 200>;
export type Candidate = Nearest['candidates'][number];
export type Refused = Nearest['refused'][number];
export type Position = Person['position'];
export type Task = Posted<'/api/v1/assignments', 201>;
export type TaskOnTheWay = Got<'/api/v1/tasks'>['tasks'][number];
export type Closure = Got<'/api/v1/closures'>['closures'][number];
export type Route = Posted<'/api/v1/routes', 200>;
export type Mode = 'foot' | 'e_bike' | 'car';
export type Closable = 'gate' | 'street';

/** Who is on duty within `[west, south, east, north]`, and where? Of too many, how many by area. */
export function askForce(bounds: readonly number[]): Promise<Reply<Force>> {
  const query = { bounds: bounds.map((degrees) => degrees.toFixed(6)).join(',') };
  return asked(
    client.GET('/api/v1/responders', { params: { query }, signal: patience(), cache: 'no-store' }),
  );
}

/** Who can be at a case first, and why not the others? */
export function askNearest(id: number, k: number): Promise<Reply<Nearest>> {
  return asked(client.POST('/api/v1/nearest-responders', { body: { case: id, k }, signal: patience() }));
}

/** The tasks of a case that are not done, and where those who have them are. */
export async function askTasks(id: number): Promise<Reply<TaskOnTheWay[]>> {
  const query = { case: id };
  const reply = await asked(
    client.GET('/api/v1/tasks', { params: { query }, signal: patience(), cache: 'no-store' }),
  );
  return reply.ok ? { ok: true, value: reply.value.tasks } : reply;
}

/** The way from one place to another at this hour. */
export function askRoute(from: Place, to: Place, mode: Mode): Promise<Reply<Route>> {
  return asked(client.POST('/api/v1/routes', { body: { from, to, mode }, signal: patience() }));
}

/** What is closed now? */
export async function askClosures(): Promise<Reply<Closure[]>> {
  const reply = await asked(client.GET('/api/v1/closures', { signal: patience(), cache: 'no-store' }));
  return reply.ok ? { ok: true, value: reply.value.closures } : reply;
}

/** Sends somebody to a case as it was looked at; the same key is the same order, however often it is sent. */
export function sendResponder(
  key: string,
  id: number,
  case_revision: number | null,
  candidate: Candidate,
): Promise<Reply<Task>> {
  const { responder, shift_revision } = candidate;
  return asked(
    client.POST('/api/v1/assignments', {
      params: { header: { 'Idempotency-Key': key } },
      body: { case: id, responder, shift_revision, ...(case_revision === null ? {} : { case_revision }) },
      signal: patience(),
    }),
  );
}

/** Takes a task a step further. */
export function stepTask(key: string, id: number, step: 'cancelled' | 'done'): Promise<Reply<Task>> {
  return asked(
    client.POST('/api/v1/tasks/{id}/steps', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: { step },
      signal: patience(),
    }),
  );
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
