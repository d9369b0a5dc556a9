/** Who is on duty in the part of the map that is seen? Told by the stream, from second to second. */
import { Crowd, pointOf, type AreaCount, type Group, type Person } from '../live/crowd';
import type { Look, ToPage } from '../live/exchange';

/** From this zoom on each one is shown; below it, how many there are in each area. */
const eachFrom = 13;

/** Below which zoom the areas of a level are too small to be told apart. */
const countedFrom: [number, string][] = [
  [12.5, 'grid'],
  [10.5, 'community'],
  [8.5, 'street'],
  [0, 'district'],
];

/** People just outside of what is seen are kept at hand for the next small move. */
const margin = 0.15;

/** The list of before, where the new one holds the very same things. */
function kept<T>(before: T[], now: T[]): T[] {
  return before.length === now.length && before.every((one, at) => one === now[at]) ? before : now;
}

export class Forces {
  people = $state.raw<Person[]>([]);
  groups = $state.raw<Group[]>([]);
  counts = $state.raw<AreaCount[]>([]);
  onDuty = $state.raw<number | null>(null);
  /** The server's clock less this machine's, so that ages are true on a machine whose clock is not. */
  clockOffsetMs = 0;
  readonly #crowd = new Crowd();
  #box: readonly [number, number, number, number] = [0, 0, 1, 1];
  #look: Look = { kind: 'nobody' };
  #shown = true;
  #due = false;
  #say: (look: Look) => void = () => undefined;

  /** Where to say what is looked at. */
  through(say: (look: Look) => void): void {
    this.#say = say;
    say(this.#look);
  }

  /** The level by which people are counted where they are not shown one by one. */
  level = 'grid';

  /** The map shows another part: west, south, east, north. */
  see(bounds: readonly number[], zoom: number): void {
    const [west, south, east, north] = bounds as [number, number, number, number];
    const [wide, high] = [(east - west) * margin, (north - south) * margin];
    const around = [west - wide, south - high, east + wide, north + high];
    const [from, to] = [pointOf(around[0]!, around[3]!), pointOf(around[2]!, around[1]!)];
    this.#box = [from.x, from.y, to.x, to.y];
    const level = countedFrom.find(([least]) => zoom >= least)?.[1] ?? 'district';
    this.level = level;
    const wanted: Look =
      zoom >= eachFrom
        ? { kind: 'each', bounds: around.map((degrees) => Math.round(degrees * 1e4) / 1e4) }
        : { kind: 'counted', level };
    if (this.#look.kind === 'each' && wanted.kind !== 'each') this.#crowd.forgetPeople();
    this.#look = wanted;
    this.#say(this.#shown ? wanted : { kind: 'nobody' });
    this.#showSoon();
  }

  /** Whether people are drawn at all. */
  switch(shown: boolean): void {
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#say(shown ? this.#look : { kind: 'nobody' });
    this.#showSoon();
  }

  hear(message: ToPage): void {
    if (message.kind === 'hello') this.#crowd.begin(message.hello);
    else if (message.kind === 'people') this.#crowd.move(message.people);
    else if (message.kind === 'counts') this.#crowd.count(message.counts);
    else if (message.kind === 'beat') {
      this.onDuty = message.on_duty;
      this.clockOffsetMs = message.at_ms - Date.now();
      return;
    } else return;
    this.#showSoon();
  }

  /** What comes together is shown together. */
  #showSoon(): void {
    if (this.#due) return;
    this.#due = true;
    setTimeout(() => {
      this.#due = false;
      const [look, shown] = [this.#look, this.#shown];
      this.people = shown && look.kind === 'each' ? this.#crowd.people(this.#box) : [];
      // These seldom change from second to second, and the map lays their words out anew each time that they do.
      this.groups = kept(this.groups, shown && look.kind === 'each' ? this.#crowd.groups() : []);
      this.counts = kept(this.counts, shown && look.kind === 'counted' ? this.#crowd.counts(look.level) : []);
    }, 30);
  }
}
