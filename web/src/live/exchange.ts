/**
 * Where the pages of one browser meet: one connection for all of them. It looks at everything that any page looks at,
 * and tells each page what concerns it.
 */
import { Connection, type LineState, type LiveView } from './connection';
import type { Change, Gone, Hello, LiveEvent, MoreCovered, PeopleCounted, PeopleMoved } from './events';

/** Where a page looks: each one of the people in a box, or how many there are in the areas of a level. */
export type Look =
  { kind: 'nobody' } | { kind: 'each'; bounds: readonly number[] } | { kind: 'counted'; level: string };

export type FromPage = { kind: 'look'; look: Look } | { kind: 'hurry' } | { kind: 'leave' };

export type ToPage =
  | { kind: 'line'; state: LineState }
  | { kind: 'hello'; hello: Hello }
  /** Everything must be asked anew. */
  | { kind: 'reload' }
  | { kind: 'fact'; name: 'change'; fact: Change }
  | { kind: 'fact'; name: 'gone'; fact: Gone }
  | { kind: 'beat'; on_duty: number; at_ms: number }
  | { kind: 'people'; people: PeopleMoved }
  | { kind: 'counts'; counts: PeopleCounted }
  | { kind: 'covered'; covered: MoreCovered };

/** What an exchange needs of a port of a worker. */
export interface Port {
  postMessage(message: ToPage): void;
}

interface Line {
  look(view: LiveView): void;
  hurry(): void;
  end(): void;
}

type OpenLine = (hear: (event: LiveEvent) => void, say: (state: LineState) => void) => Line;

/** Who is in a cell, so that a page that comes later is told at once. */
interface Cell {
  /** The row of each person, and when the place was measured. */
  people: Map<number, { row: number[]; seenMs: number }>;
  groups: number[][];
  at_ms: number;
}

/** Where the age of a fix stands in the row of a person. */
const ageAt = 6;

export class Exchange {
  #pages = new Map<Port, Look>();
  #line: Line | null = null;
  #state: LineState = { kind: 'connecting' };
  #hello: Hello | null = null;
  #cells = new Map<string, Cell>();
  #counts = new Map<string, Map<number, [number, number, number, number]>>();
  #asked = '';
  readonly #open: OpenLine;

  constructor(open: OpenLine = (hear, say) => new Connection(hear, say)) {
    this.#open = open;
  }

  join(page: Port): void {
    this.#pages.set(page, { kind: 'nobody' });
    this.#line ??= this.#open(
      (event) => this.#heard(event),
      (state) => this.#tell({ kind: 'line', state: (this.#state = state) }),
    );
    page.postMessage({ kind: 'line', state: this.#state });
    if (this.#hello) page.postMessage({ kind: 'hello', hello: this.#hello });
  }

  hear(page: Port, message: FromPage): void {
    if (message.kind === 'hurry') this.#line?.hurry();
    else if (message.kind === 'leave') this.#leave(page);
    else if (this.#pages.has(page)) {
      this.#pages.set(page, message.look);
      this.#look();
      this.#showKnown(page, message.look);
    }
  }

  #leave(page: Port): void {
    this.#pages.delete(page);
    if (this.#pages.size > 0) return this.#look();
    this.#line?.end();
    this.#line = null;
    this.#hello = null;
    this.#forget();
    this.#asked = '';
  }

  /** Looks at what all pages together look at. */
  #look(): void {
    const looks = [...this.#pages.values()];
    const boxes = looks.flatMap((look) => (look.kind === 'each' ? [look.bounds.join(',')] : []));
    const levels = looks.flatMap((look) => (look.kind === 'counted' ? [look.level] : []));
    const view: LiveView = {
      ...(boxes.length > 0 ? { bounds: [...new Set(boxes)].join(';') } : {}),
      ...(levels.length > 0 ? { counts: [...new Set(levels)].join(',') } : {}),
    };
    const asked = JSON.stringify(view);
    if (asked === this.#asked) return;
    this.#asked = asked;
    for (const level of this.#counts.keys()) if (!levels.includes(level)) this.#counts.delete(level);
    // What nobody looks at is not kept up to date either.
    if (boxes.length === 0) this.#cells.clear();
    this.#line?.look(view);
  }

  /** What is known already of where a page looks now. */
  #showKnown(page: Port, look: Look): void {
    if (look.kind === 'counted') {
      const known = this.#counts.get(look.level);
      if (!known) return;
      const put = [...known.values()];
      page.postMessage({
        kind: 'counts',
        counts: { level: look.level, at_ms: 0, whole: true, put } as PeopleCounted,
      });
    }
    if (look.kind !== 'each') return;
    for (const [cell, { people, groups, at_ms }] of this.#cells) {
      const put = [...people.values()].map(({ row, seenMs }) =>
        row.with(ageAt, Math.round((at_ms - seenMs) / 1000)),
      );
      const whole = { cell, at_ms, whole: true, put, out: [], groups };
      page.postMessage({ kind: 'people', people: whole as PeopleMoved });
    }
  }

  #heard(event: LiveEvent): void {
    switch (event.name) {
      case 'hello':
        this.#hello = event.data;
        // Places of people come whole on a new connection.
        this.#forget();
        return this.#tell({ kind: 'hello', hello: event.data });
      case 'reload':
        return this.#tell({ kind: 'reload' });
      case 'beat':
        return this.#tell({ kind: 'beat', ...event.data });
      case 'change':
        return this.#tell({ kind: 'fact', name: 'change', fact: event.data });
      case 'gone':
        return this.#tell({ kind: 'fact', name: 'gone', fact: event.data });
      case 'covered':
        return this.#tell({ kind: 'covered', covered: event.data });
      case 'people':
        this.#keepPeople(event.data);
        return this.#tell({ kind: 'people', people: event.data }, 'each');
      case 'counts':
        this.#keepCounts(event.data);
        return this.#tell({ kind: 'counts', counts: event.data }, 'counted');
    }
  }

  #keepPeople({ cell, at_ms, whole, put, out, groups }: PeopleMoved): void {
    const known = this.#cells.get(cell);
    const kept: Cell = known && !whole ? known : { people: new Map(), groups: [], at_ms };
    kept.at_ms = at_ms;
    for (const row of put) {
      kept.people.set(row[0] as number, { row, seenMs: at_ms - (row[ageAt] as number) * 1000 });
    }
    for (const one of out) kept.people.delete(one);
    if (groups) kept.groups = groups;
    this.#cells.set(cell, kept);
  }

  #keepCounts({ level, whole, put }: PeopleCounted): void {
    const kept = (!whole && this.#counts.get(level)) || new Map<number, [number, number, number, number]>();
    for (const row of put as [number, number, number, number][]) {
      if (row[1] > 0) kept.set(row[0], row);
      else kept.delete(row[0]);
    }
    this.#counts.set(level, kept);
  }

  #forget(): void {
    this.#cells.clear();
    this.#counts.clear();
  }

  #tell(message: ToPage, only?: Look['kind']): void {
    for (const [page, look] of this.#pages) {
      if (only === undefined || look.kind === only) page.postMessage(message);
    }
  }
}
