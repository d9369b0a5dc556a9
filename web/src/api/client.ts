/** How the pages speak to the server: typed by its description, patient for a while, and never by an exception. */
import createClient from 'openapi-fetch';
import { readProblem, type Reply } from './fault';
import type { paths } from './schema';

/** What a path answers to GET. */
export type Got<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

/** What a path answers to POST, by status. */
export type Posted<Path extends keyof paths, Status extends number> = paths[Path] extends {
  post: { responses: infer All };
}
  ? Status extends keyof All
    ? All[Status] extends { content: { 'application/json': infer T } }
      ? T
      : never
    : never
  : never;

/** Longer than any honest answer; after it the server counts as gone. */
const patienceMs = 15_000;

// A late `fetch`, so that a test may put its own in place.
export const client = createClient<paths>({ baseUrl: '', fetch: (request) => globalThis.fetch(request) });

export async function asked<T>(
  request: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<Reply<T>> {
  try {
    const { data, error, response } = await request;
    if (response.ok && data !== undefined) return { ok: true, value: data };
    return { ok: false, fault: readProblem(response.status, error) };
  } catch {
    return { ok: false, fault: { kind: 'gone' } };
  }
}

/** A signal that ends a request after the longest time that one waits. */
export function patience(): AbortSignal {
  return AbortSignal.timeout(patienceMs);
}
