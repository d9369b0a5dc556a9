/** What was really walked, by area and day? The state of the coverage list and of the colours on the map. */
import type { Fault } from '../api/fault';
import * as server from '../api/patrols';
import type { CoveredStreets, CoverageTable, Level, Patrol, Window } from '../api/patrols';

export type Table =
  { kind: 'waiting' } | { kind: 'told'; table: CoverageTable } | { kind: 'refused'; fault: Fault };

/** How many days the window reaches back, today included. */
export const spans = [1, 7, 30] as const;
export type SpanDays = (typeof spans)[number];

/** What more was covered is asked for at most so often. */
const together_ms = 2000;

const dayMs = 86_400_000;
const chinaOffsetMs = 8 * 3_600_000;

/** The window of the last days in China, today included. */
export function windowOf(days: SpanDays, nowMs: number): Window {
  const day = (ms: number) => new Date(ms + chinaOffsetMs).toISOString().slice(0, 10);
  return { from: day(nowMs - (days - 1) * dayMs), to: day(nowMs) };
}

/** How many areas of each level a city has. */
interface Counts {
  streets: number;
  communities: number;
  grids: number;
}

export class Coverage {
  level = $state.raw<Level>('community');
  /** The levels of which the city has areas. */
  levels = $state.raw<Level[]>(['street', 'community', 'grid']);
  days = $state.raw<SpanDays>(1);
  table = $state.raw<Table>({ kind: 'waiting' });
  patrols = $state.raw<Patrol[]>([]);
  /** The streets of the area that was chosen. */
  streets = $state.raw<CoveredStreets | null>(null);
  /** The area under the pointer or the focus. */
  pointed = $state.raw<number | null>(null);
  /** The moment of the past of which it is told, milliseconds; `null`: now. */
  at = $state.raw<number | null>(null);
  #chosen: number | null = null;
  /** Whether it is looked at: what is not looked at is not asked for. */
  #open = false;
  #asking = false;
  #again = false;
  #due: ReturnType<typeof setTimeout> | null = null;

  /** A city without communities is told by its grids. */
  know({ streets, communities, grids }: Counts): void {
    const counts: [Level, number][] = [
      ['street', streets],
      ['community', communities],
      ['grid', grids],
    ];
    this.levels = counts.filter(([, count]) => count > 0).map(([level]) => level);
    const smallest = this.levels.at(-1);
    if (smallest && !this.levels.includes(this.level)) this.show(smallest, this.days);
  }

  open(): void {
    this.#open = true;
    void this.look();
  }

  close(): void {
    this.#open = false;
    this.#chosen = null;
    this.streets = null;
  }

  show(level: Level, days: SpanDays): void {
    if (level !== this.level || days !== this.days) this.table = { kind: 'waiting' };
    [this.level, this.days] = [level, days];
    if (this.#open) void this.look();
  }

  /** Tells of a moment of the past, or of now. */
  showAt(at: number | null): void {
    if (at === this.at) return;
    if (at === null || this.at === null) this.table = { kind: 'waiting' };
    this.at = at;
    this.streets = null;
    this.#chosen = null;
    if (this.#open) void this.look();
  }

  /** Shows the streets of an area. */
  choose(area: number | null): void {
    this.#chosen = area;
    this.streets = null;
    void this.#lookAtStreets();
  }

  /** Patrols have begun, ended or covered more. */
  changed(): void {
    if (!this.#open || this.at !== null) return;
    this.#due ??= setTimeout(() => {
      this.#due = null;
      if (this.#open) void this.look();
    }, together_ms);
  }

  /** One question at a time: while the time line is dragged, the moments in between are passed over. */
  async look(): Promise<void> {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    await this.#lookOnce();
    this.#asking = false;
    if (!this.#again) return;
    this.#again = false;
    await this.look();
  }

  async #lookOnce(): Promise<void> {
    const [level, days, at] = [this.level, this.days, this.at];
    const [table, patrols] = await Promise.all([
      server.askCoverage(level, windowOf(days, at ?? Date.now()), at),
      at === null ? server.askPatrols() : null,
      this.#lookAtStreets(),
    ]);
    // The reader may look at another level or moment by now.
    if (level !== this.level || days !== this.days || at !== this.at) return;
    this.table = table.ok ? { kind: 'told', table: table.value } : { kind: 'refused', fault: table.fault };
    if (patrols?.ok) this.patrols = patrols.value;
  }

  async #lookAtStreets(): Promise<void> {
    const area = this.#chosen;
    // A whole sub-district has too many streets to be told one by one; of a moment of the past, pieces would be somebody's way.
    if (area === null || this.level === 'street' || this.at !== null) return;
    const { days } = this;
    const streets = await server.askPieces(area, windowOf(days, Date.now()));
    const same = area === this.#chosen && days === this.days && this.at === null;
    if (streets.ok && same) this.streets = streets.value;
  }
}
