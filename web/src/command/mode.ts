/**
 * What is the reader doing? One of these at a time:
 *
 * ```text
 * looking ──click──► asked ──上报──► reporting ──number──► acknowledged
 *    ▲                 │  ▲            │                       │
 *    └─────Escape──────┘  └─── 返回 ────┘      (a click asks again, from anywhere but the form)
 *    ├──a hazard, or a case of the list──► case ──派单──► (the same, with who was sent)
 *    └──a patrol of the list──► patrol
 * ```
 */
import type { Fault } from '../api/fault';
import type { AreaName, Case, Located, NearThing, Place, Receipt } from '../api/questions';
import type { Assigning } from './assigning.svelte';
import type { Patrolling } from './patrolling.svelte';

export type Answer =
  | { kind: 'waiting' }
  | { kind: 'answered'; where: Located; near: NearThing[] }
  | { kind: 'refused'; fault: Fault };

export type Sending = { kind: 'writing' } | { kind: 'sending' } | { kind: 'refused'; fault: Fault };

export type CaseAnswer =
  { kind: 'waiting' } | { kind: 'answered'; found: Case } | { kind: 'refused'; fault: Fault };

export type Mode =
  | { kind: 'looking' }
  | { kind: 'asked'; place: Place; answer: Answer }
  | { kind: 'case'; id: number; answer: CaseAnswer; assigning: Assigning }
  | { kind: 'patrol'; id: number; patrolling: Patrolling }
  | { kind: 'reporting'; place: Place; areas: AreaName[]; sending: Sending }
  | { kind: 'acknowledged'; place: Place; receipt: Receipt };

/** What the list beside the map tells while nothing is asked. */
export const lists = ['cases', 'feed', 'coverage'] as const;
export type List = (typeof lists)[number];

/** The place that the map marks. */
export function markedPlace(mode: Mode): Place | null {
  if (mode.kind === 'looking' || mode.kind === 'patrol') return null;
  if (mode.kind === 'case') return mode.answer.kind === 'answered' ? mode.answer.found.place : null;
  return mode.place;
}

/** The smallest area of the answer, which the map outlines. */
export function markedArea(mode: Mode): number | null {
  const areas =
    mode.kind === 'asked' && mode.answer.kind === 'answered'
      ? mode.answer.where.areas
      : mode.kind === 'reporting'
        ? mode.areas
        : mode.kind === 'acknowledged'
          ? mode.receipt.areas
          : mode.kind === 'case' && mode.answer.kind === 'answered'
            ? mode.answer.found.areas
            : [];
  return areas.at(-1)?.id ?? null;
}

/**
 * The kinds of things that count as near, the urgent first: how many are asked for and how many are shown. More are
 * asked for where some will be left out: a street is many pieces, and a building without a name or number tells nobody
 * anything.
 */
export const nearKinds = [
  { kind: 'hazard', asked: 5, shown: 5 },
  { kind: 'station', asked: 3, shown: 3 },
  { kind: 'facility', asked: 5, shown: 5 },
  { kind: 'compound', asked: 6, shown: 3 },
  { kind: 'building', asked: 16, shown: 4 },
  { kind: 'street', asked: 16, shown: 3 },
] as const;

/** Kinds of which only those with a name are shown, and each name once. */
const byName = new Set<string>(['compound', 'building', 'street']);

export const nearRadius_m = 1000;

/** The things in the order of {@link nearKinds}, the nearest first; groups without any are left out. */
export function groupNear(things: NearThing[]): { kind: string; things: NearThing[] }[] {
  return nearKinds
    .map(({ kind, shown }) => {
      const sorted = things
        .filter((thing) => thing.kind === kind)
        .sort((one, other) => one.distance_m - other.distance_m);
      return { kind, things: (byName.has(kind) ? namedOnce(sorted) : sorted).slice(0, shown) };
    })
    .filter((group) => group.things.length > 0);
}

function namedOnce(things: NearThing[]): NearThing[] {
  const names = new Set<string>();
  return things.filter((thing) => {
    const name = thing.name || thing.detail.address;
    if (!name || names.has(name)) return false;
    names.add(name);
    return true;
  });
}
