/** Where people are, as far as the page looks: kept up to date by what the stream says of cells and of areas. */
import type { Hello, PeopleCounted, PeopleMoved } from './events';

/** Bits of the flags of a person. */
const busyFlag = 1;
const postFlag = 2;
const staleFlag = 4;

/** Somebody at a point of the map. */
export interface Person {
  responder: number;
  /** Web Mercator, the whole world 0 to 1, from the north-west. */
  x: number;
  y: number;
  role: string;
  duty: string;
  busy: boolean;
  /** At the post of resident duty, without a fresh fix. */
  atPost: boolean;
  /** By a fix that is too old to be relied on. */
  stale: boolean;
  /** When the fix was taken, by the server's clock; meaningless at a post. */
  seenMs: number;
}

/** Some of one role and duty of whom only the grid is told. */
export interface Group {
  grid: number;
  x: number;
  y: number;
  role: string;
  duty: string;
  count: number;
}

export interface AreaCount {
  area: number;
  count: number;
  lon: number;
  lat: number;
}

interface Cell {
  people: Map<number, Person>;
  groups: Group[];
}

export class Crowd {
  #cells = new Map<string, Cell>();
  #counts = new Map<string, Map<number, AreaCount>>();
  #roles: string[] = [];
  #duties: string[] = [];
  #units = 1;

  /** A new stream tells everything anew. */
  begin({ roles, duties, cell_units }: Hello): void {
    [this.#roles, this.#duties, this.#units] = [roles, duties, cell_units];
    this.#cells.clear();
    this.#counts.clear();
  }

  move({ cell, at_ms, whole, put, out, groups }: PeopleMoved): void {
    const at = this.#placeIn(cell);
    const known = this.#cells.get(cell);
    const kept: Cell = known && !whole ? known : { people: new Map(), groups: [] };
    for (const row of put) {
      const [responder, x, y, role, duty, flags, age_s] = row as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      kept.people.set(responder, {
        responder,
        ...at(x, y),
        role: this.#roles[role] ?? '',
        duty: this.#duties[duty] ?? '',
        busy: (flags & busyFlag) !== 0,
        atPost: (flags & postFlag) !== 0,
        stale: (flags & staleFlag) !== 0,
        seenMs: at_ms - age_s * 1000,
      });
    }
    for (const responder of out) kept.people.delete(responder);
    if (groups) {
      kept.groups = groups.map((row) => {
        const [grid, x, y, role, duty, count] = row as [number, number, number, number, number, number];
        return {
          grid,
          ...at(x, y),
          role: this.#roles[role] ?? '',
          duty: this.#duties[duty] ?? '',
          count,
        };
      });
    }
    this.#cells.set(cell, kept);
  }

  count({ level, whole, put }: PeopleCounted): void {
    const kept = (!whole && this.#counts.get(level)) || new Map<number, AreaCount>();
    for (const [area, count, lon, lat] of put as [number, number, number, number][]) {
      if (count > 0) kept.set(area, { area, count, lon, lat });
      else kept.delete(area);
    }
    this.#counts.set(level, kept);
  }

  /** Everybody in a box of the map, in the units of {@link Person}: west, north, east, south. */
  people([west, north, east, south]: readonly [number, number, number, number]): Person[] {
    const seen: Person[] = [];
    for (const { people } of this.#cells.values()) {
      for (const person of people.values()) {
        if (person.x >= west && person.x <= east && person.y >= north && person.y <= south) seen.push(person);
      }
    }
    return seen;
  }

  groups(): Group[] {
    return [...this.#cells.values()].flatMap(({ groups }) => groups);
  }

  counts(level: string): AreaCount[] {
    return [...(this.#counts.get(level)?.values() ?? [])];
  }

  /** What is not looked at any more is not kept up to date. */
  forgetPeople(): void {
    this.#cells.clear();
  }

  #placeIn(cell: string): (x: number, y: number) => { x: number; y: number } {
    const [zoom, column, row] = cell.split('/').map(Number) as [number, number, number];
    const side = 2 ** zoom;
    return (x, y) => ({
      x: (column + (x + 0.5) / this.#units) / side,
      y: (row + (y + 0.5) / this.#units) / side,
    });
  }
}

/** Longitude and latitude of a point of the map. */
export function degreesOf({ x, y }: { x: number; y: number }): { lon: number; lat: number } {
  return { lon: x * 360 - 180, lat: (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI };
}

/** A point of the map for longitude and latitude. */
export function pointOf(lon: number, lat: number): { x: number; y: number } {
  const height = Math.asinh(Math.tan((lat * Math.PI) / 180));
  return { x: (lon + 180) / 360, y: 0.5 - height / (2 * Math.PI) };
}
