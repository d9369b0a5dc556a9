/**
 * What was? The state of the time line: the stretch of time that it shows, the moment that is looked at, and what is told of that moment.
 *
 * As long as a moment of the past is looked at, nothing of now is shown beside it, and nothing can be done: see `Command.svelte`.
 */
import type { Fault } from '../api/fault';
import * as server from '../api/history';
import type { Bar, CaseThen, History } from '../api/history';
import type { Place } from '../api/questions';

/** How far the time line reaches back, days; how many bars it has, and how far one step goes. */
export const reaches = [
  { days: 1, bars: 96, step_ms: 60_000 },
  { days: 7, bars: 168, step_ms: 10 * 60_000 },
  { days: 30, bars: 120, step_ms: 3_600_000 },
] as const;
export type ReachDays = (typeof reaches)[number]['days'];

export type Moment =
  { kind: 'waiting' } | { kind: 'told'; history: History } | { kind: 'refused'; fault: Fault };

const dayMs = 86_400_000;

export class Past {
  /** The moment that is looked at, milliseconds; `null`: now. */
  at = $state.raw<number | null>(null);
  days = $state.raw<ReachDays>(1);
  moment = $state.raw<Moment>({ kind: 'waiting' });
  bars = $state.raw<Bar[]>([]);
  /** The end of the time line. */
  until = $state.raw(Date.now());
  /** The case that was chosen among those of the moment. */
  chosen = $state.raw<CaseThen | null>(null);
  #level = 'grid';
  /** One question at a time: while the pointer is dragged, the moments in between are passed over. */
  #asking = false;
  #asked: string | null = null;

  get reach() {
    return reaches.find(({ days }) => days === this.days) ?? reaches[0];
  }

  get from(): number {
    return this.until - this.days * dayMs;
  }

  /** The place that the map marks. */
  get marked(): Place | null {
    return this.chosen?.place ?? null;
  }

  /** Looks at a moment; at what is not past, at now. */
  show(at: number | null): void {
    this.at = at !== null && at < this.until ? at : null;
    if (this.at === null) {
      this.moment = { kind: 'waiting' };
      this.chosen = null;
    } else void this.look();
  }

  /** Shows another stretch of time. */
  async reachBack(days: ReachDays): Promise<void> {
    this.days = days;
    this.bars = [];
    await this.lookAtPace();
  }

  /** The areas by which people are counted on the map. */
  countBy(level: string): void {
    this.#level = level;
    if (this.at !== null) void this.look();
  }

  /** Looks at the pace again where it is older than that. */
  async keepUp(age_ms: number): Promise<void> {
    if (Date.now() - this.until > age_ms) await this.lookAtPace();
  }

  /** What happens now belongs to the past in a moment. */
  async lookAtPace(): Promise<void> {
    const { days } = this;
    const until = Date.now();
    const bars = await server.askPace(until - days * dayMs, until, this.reach.bars);
    if (!bars.ok || days !== this.days) return;
    this.until = until;
    this.bars = bars.value;
  }

  async look(): Promise<void> {
    if (this.#asking || this.at === null) return;
    const [at, level] = [this.at, this.#level];
    if (this.#asked === `${at} ${level}` && this.moment.kind === 'told') return;
    this.#asking = true;
    const reply = await server.askHistory(at, level);
    this.#asking = false;
    if (this.at === null) return;
    this.#asked = `${at} ${level}`;
    this.moment = reply.ok ? { kind: 'told', history: reply.value } : { kind: 'refused', fault: reply.fault };
    this.#keepChosen();
    if (reply.ok && (this.at !== at || this.#level !== level)) await this.look();
  }

  /** Chooses a case among those that are told of, by number; none where it is not among them. */
  choose(id: number): void {
    const told = this.moment.kind === 'told' ? this.moment.history.cases : [];
    this.chosen = told.find((one) => one.id === id) ?? null;
  }

  /** A case that was chosen stays chosen as long as it was open. */
  #keepChosen(): void {
    if (!this.chosen || this.moment.kind !== 'told') return;
    const { id } = this.chosen;
    this.chosen = this.moment.history.cases.find((one) => one.id === id) ?? null;
  }
}
