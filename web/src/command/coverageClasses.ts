/** Into which classes are shares of coverage put, and how are they written? */
import type { AreaRow, Share } from '../api/patrols';

/** Above which share, per cent, a class begins; the first class is nothing at all. */
export const breaks = [0, 20, 40, 60, 80] as const;

/** The class of a share: 0 for nothing, then 1 to 5; `null` where there is nothing to cover. */
export function classOf({ certain, of }: Share): number | null {
  if (of === 0) return null;
  if (certain === 0) return 0;
  const percent = (certain * 100) / of;
  return breaks.filter((least) => percent > least).length;
}

/** Whole per cent, rounded down for what is certain and up for what is possible: no more and no less is claimed than is known. */
export function percents({ certain, possible, of }: Share): [number, number] {
  if (of === 0) return [0, 0];
  return [Math.floor((certain * 100) / of), Math.ceil((possible * 100) / of)];
}

/** `12–18 %`, or `12 %` where both are the same. */
export function shareWords(share: Share): string {
  const [least, most] = percents(share);
  return least === most ? `${least}%` : `${least}–${most}%`;
}

/** The longest without a visit first; those without any visit in the window before all, the least covered first. */
export function longestFirst(rows: AreaRow[]): AreaRow[] {
  const idle = ({ idle_s }: AreaRow) => idle_s ?? Number.POSITIVE_INFINITY;
  const share = ({ pieces }: AreaRow) => (pieces.of === 0 ? 1 : pieces.certain / pieces.of);
  return [...rows].sort(
    (one, other) =>
      (idle(one) === idle(other) ? 0 : idle(other) - idle(one)) ||
      share(one) - share(other) ||
      one.area.id - other.area.id,
  );
}
