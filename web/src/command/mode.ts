/**
 * What is the reader doing? One of these at a time:
 *
 * ```text
 * looking ──click──► asked ──上报──► reporting ──number──► acknowledged
 *    ▲                 │  ▲            │                       │
 *    └─────Escape──────┘  └─── 返回 ────┘      (a click asks again, from anywhere but the form)
 * ```
 */
import type { Fault } from '../api/fault';
import type { AreaName, Located, NearThing, Place, Receipt } from '../api/questions';

export type Answer =
  | { kind: 'waiting' }
  | { kind: 'answered'; where: Located; near: NearThing[] }
  | { kind: 'refused'; fault: Fault };

export type Sending = { kind: 'writing' } | { kind: 'sending' } | { kind: 'refused'; fault: Fault };

export type Mode =
  | { kind: 'looking' }
  | { kind: 'asked'; place: Place; answer: Answer }
  | { kind: 'reporting'; place: Place; areas: AreaName[]; sending: Sending }
  | { kind: 'acknowledged'; place: Place; receipt: Receipt };

/** The place that the map marks. */
export function markedPlace(mode: Mode): Place | null {
  return mode.kind === 'looking' ? null : mode.place;
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
          : [];
  return areas.at(-1)?.id ?? null;
}

/** The kinds of things that count as near, the urgent first, and how many of each are shown. */
export const nearKinds = [
  { kind: 'hazard', count: 5 },
  { kind: 'station', count: 3 },
  { kind: 'facility', count: 5 },
  { kind: 'compound', count: 3 },
  { kind: 'building', count: 4 },
  { kind: 'street', count: 3 },
] as const;

export const nearRadius_m = 1000;

/** The things in the order of {@link nearKinds}; groups without any are left out. */
export function groupNear(things: NearThing[]): { kind: string; things: NearThing[] }[] {
  return nearKinds
    .map(({ kind }) => ({
      kind,
      things: things
        .filter((thing) => thing.kind === kind)
        .sort((one, other) => one.distance_m - other.distance_m),
    }))
    .filter((group) => group.things.length > 0);
}
