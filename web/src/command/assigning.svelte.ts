/**
 * Who can be at a case first, who is sent to it, and how far have they come? The state of the panel of one case, and the
 * only place that asks about it.
 */
import * as server from '../api/people';
import type { Candidate, Nearest, Task, TaskOnTheWay } from '../api/people';
import { askRoute, type Mode } from '../api/roads';
import type { Fault } from '../api/fault';
import type { Place } from '../api/questions';
import { freshKey } from './draft';

export type First =
  { kind: 'waiting' } | { kind: 'answered'; nearest: Nearest } | { kind: 'refused'; fault: Fault };

/** Somebody who was sent, and the way that is still before them. */
export interface OnTheWay {
  task: TaskOnTheWay;
  /** Longitude and latitude; `null` where no way is known. */
  path: number[][] | null;
  /** `null` where no way is known, and for who is there already. */
  left_s: number | null;
}

/** So many are named; the commander reads the first three. */
const candidateCount = 10;

export class Assigning {
  first = $state.raw<First>({ kind: 'waiting' });
  sent = $state.raw<OnTheWay[]>([]);
  /** The candidate under the pointer or the focus. */
  pointed = $state.raw<number | null>(null);
  /** The candidate whose order is on its way to the server. */
  sending = $state.raw<number | null>(null);
  /** Why the last order was refused. */
  refusal = $state.raw<Fault | null>(null);
  /** The order that was not answered, to be sent again under its own key. */
  #unanswered: { responder: number; key: string } | null = null;
  readonly id: number;
  #left = false;

  constructor(id: number) {
    this.id = id;
  }

  /** Those who may be sent, the first to arrive first; nobody once somebody is sent. */
  readonly candidates = $derived(
    this.first.kind === 'answered' && this.sent.length === 0 ? this.first.nearest.candidates : [],
  );

  /** The candidate whose way is drawn: the one pointed at, else the first. */
  readonly shown = $derived<Candidate | null>(
    this.candidates.find(({ responder }) => responder === this.pointed) ?? this.candidates[0] ?? null,
  );

  /** Looks at everything anew. */
  async look(): Promise<void> {
    await this.follow();
    if (this.#left || this.sent.length > 0) return;
    const reply = await server.askNearest(this.id, candidateCount);
    if (this.#left) return;
    this.first = reply.ok
      ? { kind: 'answered', nearest: reply.value }
      : { kind: 'refused', fault: reply.fault };
  }

  /** Looks how far those have come who were sent. */
  async follow(): Promise<void> {
    const tasks = await server.askTasks(this.id);
    if (!tasks.ok || this.#left) return;
    // A task that nobody has is nobody's way.
    const held = tasks.value.filter(({ responder }) => responder != null);
    const followed = await Promise.all(held.map(follow));
    if (!this.#left) this.sent = followed;
  }

  /** Sends a candidate, once, however often the button is pressed. */
  async send(candidate: Candidate): Promise<Task | null> {
    if (this.sending !== null || this.first.kind !== 'answered') return null;
    const { responder } = candidate;
    const key = this.#unanswered?.responder === responder ? this.#unanswered.key : freshKey();
    this.sending = responder;
    this.refusal = null;
    const { case_revision } = this.first.nearest;
    const reply = await server.sendResponder(key, this.id, case_revision ?? null, candidate);
    this.#unanswered = !reply.ok && reply.fault.kind === 'gone' ? { responder, key } : null;
    this.refusal = reply.ok ? null : reply.fault;
    await this.look();
    this.sending = null;
    return reply.ok ? reply.value : null;
  }

  /** Calls back who was sent. */
  async recall(task: number): Promise<void> {
    const reply = await server.stepTask(freshKey(), task, 'cancelled');
    this.refusal = reply.ok ? null : reply.fault;
    await this.look();
  }

  /** Nobody looks any more: answers that are still to come are for nobody. */
  leave(): void {
    this.#left = true;
  }
}

/** The way that is still before somebody who was sent. */
async function follow(task: TaskOnTheWay): Promise<OnTheWay> {
  const from: Place | null | undefined = task.position?.place;
  if (!from || task.state === 'on_scene') return { task, path: null, left_s: null };
  const route = await askRoute(from, task.place, (task.mode ?? 'foot') as Mode);
  return route.ok
    ? { task, path: route.value.path ?? null, left_s: route.value.travel_time_s }
    : { task, path: null, left_s: null };
}
