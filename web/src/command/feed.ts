/**
 * What has happened, newest first: what the stream told since the page was opened, put together by grid, so that ten reports of one yard are one
 * entry and not ten.
 */
import type { Place } from '../api/questions';
import type { Change } from '../live/events';

/** What is told of one grid. */
export interface FeedEntry {
  /** The grid, or `none`. */
  key: string;
  area: Change['area'];
  /** The name of the community. */
  within: string | null;
  /** The newest first. */
  items: FeedItem[];
}

export interface FeedItem {
  kind: 'case' | 'task' | 'patrol';
  id: number;
  at: string;
  state: string;
  category: string | null;
  /** The type of a case; empty for others. */
  type: string;
  /** The case that a click leads to. */
  case: number | null;
  /** Where, as far as it is told. */
  place: Place | null;
  /** How often the thing was written: what a step is decided on. */
  revision: number;
}

/** So many items are kept; what is older is found in the lists. */
const itemsMax = 200;
/** Items of one grid are one entry as long as no more than this lies between them. */
const togetherMs = 15 * 60_000;

/** What is worth telling of a fact; `null` where it is not. */
export function itemOf(change: Change): FeedItem | null {
  const { id, at, revision } = change;
  if (change.case) {
    const { state, category, type, place } = change.case;
    return { kind: 'case', id, at, state, category: category ?? null, type, case: id, place, revision };
  }
  if (change.task) {
    return {
      kind: 'task',
      id,
      at,
      state: change.task.state,
      category: null,
      type: '',
      case: change.task.case,
      place: change.task.place,
      revision,
    };
  }
  if (change.patrol) {
    return {
      kind: 'patrol',
      id,
      at,
      state: change.patrol.until ? 'ended' : 'begun',
      category: null,
      type: '',
      case: null,
      place: null,
      revision,
    };
  }
  return null;
}

/** The entries after a fact. What is told again of a thing takes the place of what was told before. */
export function told(entries: FeedEntry[], change: Change): FeedEntry[] {
  const item = itemOf(change);
  if (!item) return entries;
  const key = change.area ? String(change.area.id) : 'none';
  const others = entries
    .map((entry) => ({
      ...entry,
      items: entry.items.filter(({ kind, id }) => kind !== item.kind || id !== item.id),
    }))
    .filter(({ items }) => items.length > 0);
  const near = others.find(
    (entry) =>
      entry.key === key && Date.parse(item.at) - Date.parse(entry.items[0]?.at ?? item.at) <= togetherMs,
  );
  const items = [item, ...(near?.items ?? [])];
  const entry: FeedEntry = { key, area: change.area ?? null, within: change.within ?? null, items };
  return kept([entry, ...others.filter((other) => other !== near)]);
}

function kept(entries: FeedEntry[]): FeedEntry[] {
  let count = 0;
  return entries.filter(({ items }) => {
    count += items.length;
    return count <= itemsMax;
  });
}
