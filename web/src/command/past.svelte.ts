/**
 * What was? The state of the time line: the stretch of time that it shows, the moment that is looked at, and what is told of that moment.
 *
 * As long as a moment of the past is looked at, nothing of now is shown beside it, and nothing can be done: see `Command.svelte`.
 */
import type { Fault } from '../api/fault';
import * as server from '../api/history';
import type { Bar, CaseThen, HazardThen, History } from '../api/history';
import type { Place } from '../api/questions';

/** How far the time line reaches back, days; how long a bar is, and how far one step goes. */
export const reaches = [
  { days: 1, bar_ms: 15 * 60_000, step_ms: 60_000 },
  { days: 7, bar_ms: 3_600_000, step_ms: 10 * 60_000 },
  { days: 30, bar_ms: 6 * 3_600_000, step_ms: 3_600_000 },
] as const;
export type ReachDays = (typeof reaches)[number]['days'];

export type Moment =
  { kind: 'waiting' } | { kind: 'told'; history: History } | { kind: 'refused'; fault: Fault };

const dayMs = 86_400_000;
const chinaMs = 8 * 3_600_000;

/** The end of the bar in which a moment lies: bars begin on whole hours of the clock of China, and stand still as time goes on. */
const endOfBar = (atMs: number, bar_ms: number) =>
  (Math.floor((atMs + chinaMs) / bar_ms) + 1) * bar_ms - chinaMs;

export class Past {
  /** The moment that is looked at, milliseconds; `null`: now. */
  at = $state.raw<number | null>(null);
  days = $state.raw<ReachDays>(1);
  moment = $state.raw<Moment>({ kind: 'waiting' });
  bars = $state.raw<Bar[]>([]);
  /** About now: as exactly as the handle of the time line wants it. */
  now = $state.raw(Date.now());
  /** The end of the time line: that of the last bar, some minutes or hours ahead of now. */
  until = $state.raw(endOfBar(Date.now(), reaches[0].bar_ms));
  /** The case that was chosen among those of the moment. */
  chosen = $state.raw<CaseThen | null>(null);
  #level = 'grid';
  /** One question at a time: while the pointer is dragged, the moments in between are passed over. */
  #asking = false;
  #asked: string | null = null;
  #pacedMs = 0;
  readonly #clock: () => number;

  /** By the server's clock, as far as it is known. */
  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
  }

  get reach() {
    return reaches.find(({ days }) => days === this.days) ?? reaches[0];
  }

  get from(): number {
    return this.until - this.days * dayMs;
  }

  /** A hazard that was chosen on the map, whose case is not among the newest that are told of. */
  older = $state.raw<HazardThen | null>(null);

  /** The place that the map marks. */
  get marked(): Place | null {
    return this.chosen?.place ?? this.older?.place ?? null;
  }

  /** Looks at a moment; at what is not past, at now. */
  show(at: number | null): void {
    this.at = at !== null && at < this.#clock() ? at : null;
    if (this.at === null) {
      this.moment = { kind: 'waiting' };
      this.#forget();
    } else {
      void this.#holdInSight(this.at);
      void this.look();
    }
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
    if (this.#clock() - this.now >= this.reach.step_ms / 2) this.now = this.#clock();
    if (Date.now() - this.#pacedMs > age_ms) await this.lookAtPace();
  }

  /** What happens now belongs to the past in a moment. */
  async lookAtPace(): Promise<void> {
    const { days } = this;
    const { bar_ms } = this.reach;
    this.#pacedMs = Date.now();
    const until = endOfBar(this.#pacedMs, bar_ms);
    const bars = await server.askPace(until - days * dayMs, bar_ms / 1000);
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
    if (this.at !== at || this.#level !== level) await this.look();
  }

  /** Chooses a case among those that are told of, by number; none where it is not among them. */
  choose(id: number): void {
    const history = this.moment.kind === 'told' ? this.moment.history : null;
    this.chosen = history?.cases.find((one) => one.id === id) ?? null;
    this.older = this.chosen ? null : (history?.hazards.find((hazard) => hazard.case === id) ?? null);
  }

  /** Nothing is chosen any more. */
  #forget(): void {
    [this.chosen, this.older] = [null, null];
  }

  /** The line reaches back at least as far as the moment that is looked at. */
  async #holdInSight(at: number): Promise<void> {
    if (at >= this.from) return;
    const far = reaches.find(({ days, bar_ms }) => at >= endOfBar(this.#clock(), bar_ms) - days * dayMs);
    await this.reachBack(far?.days ?? 30);
  }

  /** A case that was chosen stays chosen as long as it was open. */
  #keepChosen(): void {
    const id = this.chosen?.id ?? this.older?.case;
    if (id !== undefined && this.moment.kind === 'told') this.choose(id);
  }
}
