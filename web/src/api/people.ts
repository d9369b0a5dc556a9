/** What the pages ask and tell about people: who is on duty, who can be there first, who is sent. */
import { asked, client, patience, type Got, type Posted } from './client';
import type { Reply } from './fault';

export type Nearest = Posted<'/api/v1/nearest-responders', 200>;
export type Candidate = Nearest['candidates'][number];
export type Refused = Nearest['refused'][number];
export type Position = Got<'/api/v1/responders'>['people'][number]['position'];
export type Task = Posted<'/api/v1/assignments', 201>;
export type TaskOnTheWay = Got<'/api/v1/tasks'>['tasks'][number];

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

/** All tasks that are not done. */
export async function askAllTasks(): Promise<Reply<TaskOnTheWay[]>> {
  const query = { limit: 1000 };
  const reply = await asked(
    client.GET('/api/v1/tasks', { params: { query }, signal: patience(), cache: 'no-store' }),
  );
  return reply.ok ? { ok: true, value: reply.value.tasks } : reply;
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
