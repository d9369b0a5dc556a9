/** What the pages ask about the past: a moment of it, and how many cases came and went. */
import { asked, client, patience, type Got } from './client';
import type { Reply } from './fault';

export type History = Got<'/api/v1/history'>;
export type CaseThen = History['cases'][number];
export type HazardThen = History['hazards'][number];
export type PeopleThen = NonNullable<History['people']>;
export type Bar = Got<'/api/v1/history/pace'>['bars'][number];

/** As many as the server tells of at once. */
const caseCount = 200;

/** What was open at a moment, and how many people were in the areas of a level? */
export function askHistory(atMs: number, level: string): Promise<Reply<History>> {
  const query = { at: new Date(atMs).toISOString(), level, limit: caseCount };
  return asked(client.GET('/api/v1/history', { params: { query }, signal: patience(), cache: 'no-store' }));
}

/** How many cases came and went since then, in bars of so many seconds? */
export async function askPace(fromMs: number, bar_s: number): Promise<Reply<Bar[]>> {
  const query = { from: new Date(fromMs).toISOString(), bar_s };
  const reply = await asked(
    client.GET('/api/v1/history/pace', { params: { query }, signal: patience(), cache: 'no-store' }),
  );
  return reply.ok ? { ok: true, value: reply.value.bars } : reply;
}
