import { describe, expect, it } from 'vitest';
import { told, type FeedEntry } from '../src/command/feed';
import type { Change } from '../src/live/events';

const area = (id: number) => ({ id, level: 'grid', code: '', name: `第${id}网格` });

function caseTold(id: number, grid: number, minute: number, state = 'received'): Change {
  return {
    kind: 'case',
    id,
    revision: 1,
    at: `2026-11-23T15:${String(minute).padStart(2, '0')}:00+08:00`,
    areas: [grid],
    area: area(grid),
    case: {
      type: 'hazard',
      category: '14',
      state,
      channel: 'desk',
      place: { lon: 0, lat: 0 },
      received_at: '',
    },
  } as Change;
}

const after = (...changes: Change[]) => changes.reduce<FeedEntry[]>(told, []);
const shown = (entries: FeedEntry[]) => entries.map(({ key, items }) => [key, ...items.map(({ id }) => id)]);

describe('the feed', () => {
  it('is newest first, and what happens in one grid within a quarter of an hour is one entry', () => {
    expect(shown(after(caseTold(1, 7, 0), caseTold(2, 8, 1), caseTold(3, 7, 14)))).toEqual([
      ['7', 3, 1],
      ['8', 2],
    ]);
    expect(shown(after(caseTold(1, 7, 0), caseTold(2, 7, 20)))).toEqual([
      ['7', 2],
      ['7', 1],
    ]);
  });

  it('tells the last word about a thing, once', () => {
    const entries = after(caseTold(1, 7, 0), caseTold(2, 8, 1), caseTold(1, 7, 2, 'assigned'));
    expect(shown(entries)).toEqual([
      ['7', 1],
      ['8', 2],
    ]);
    expect(entries[0]?.items[0]?.state).toBe('assigned');
  });

  it('passes over what is no news, and keeps an end', () => {
    const shift = { ...caseTold(1, 7, 0), kind: 'shift', case: undefined } as unknown as Change;
    expect(after(shift)).toEqual([]);
    const many = Array.from({ length: 400 }, (_, at) => caseTold(at + 1, 1000 + at, 5));
    expect(after(...many).length).toBe(200);
  });
});
