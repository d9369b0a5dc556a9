/** What the pages ask about patrols and about what was really walked. */
import { asked, client, patience, type Got } from './client';
import type { Reply } from './fault';

export type Patrol = Got<'/api/v1/patrols'>['patrols'][number];
export type PatrolCoverage = Got<'/api/v1/patrols/{id}/coverage'>;
export type Stretch = PatrolCoverage['stretches'][number];
export type CoverageTable = Got<'/api/v1/coverage'>;
export type AreaRow = CoverageTable['areas'][number];
export type Share = AreaRow['pieces'];
export type CoveredStreets = Got<'/api/v1/coverage/pieces'>;

/** The levels by which coverage is told. */
export type Level = 'street' | 'community' | 'grid';

/** From which day to which, both included; days in China, `2026-11-23`. */
export interface Window {
  from: string;
  to: string;
}

/** Who is on patrol now? */
export async function askPatrols(): Promise<Reply<Patrol[]>> {
  const reply = await asked(client.GET('/api/v1/patrols', { signal: patience(), cache: 'no-store' }));
  return reply.ok ? { ok: true, value: reply.value.patrols } : reply;
}

/** One patrol. */
export function askPatrol(id: number): Promise<Reply<Patrol>> {
  return asked(
    client.GET('/api/v1/patrols/{id}', { params: { path: { id } }, signal: patience(), cache: 'no-store' }),
  );
}

/** What has a patrol covered? */
export function askPatrolCoverage(id: number): Promise<Reply<PatrolCoverage>> {
  return asked(
    client.GET('/api/v1/patrols/{id}/coverage', {
      params: { path: { id } },
      signal: patience(),
      cache: 'no-store',
    }),
  );
}

/** What was covered in each area of a level, or had been at a moment of the past? */
export function askCoverage(
  level: Level,
  { from, to }: Window,
  atMs: number | null,
): Promise<Reply<CoverageTable>> {
  const query = { level, from, to, ...(atMs === null ? {} : { until: new Date(atMs).toISOString() }) };
  return asked(client.GET('/api/v1/coverage', { params: { query }, signal: patience(), cache: 'no-store' }));
}

/** How surely was each street of an area walked? */
export function askPieces(area: number, { from, to }: Window): Promise<Reply<CoveredStreets>> {
  const query = { area, from, to };
  return asked(
    client.GET('/api/v1/coverage/pieces', { params: { query }, signal: patience(), cache: 'no-store' }),
  );
}
