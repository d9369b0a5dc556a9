import { describe, expect, it } from 'vitest';
import type { AreaRow } from '../src/api/patrols';
import { Coverage, windowOf } from '../src/command/coverage.svelte';
import { classOf, longestFirst, percents, shareWords } from '../src/command/coverageClasses';

function row(id: number, idle_s: number | null, certain: number, of = 100): AreaRow {
  const share = { certain, possible: certain, of };
  return {
    area: { id, level: 'grid', code: '', name: `${id}` },
    within: null,
    place: null,
    pieces: share,
    entrances: share,
    walked_m: 0,
    walked_min: 0,
    patrols: 0,
    visits: idle_s === null ? 0 : 1,
    last_visit: null,
    idle_s,
    longest_gap_s: null,
  };
}

describe('classes of coverage', () => {
  it('begin just above their least share, and nothing is a class of its own', () => {
    const classes = [0, 1, 20, 21, 40, 41, 60, 61, 80, 81, 100].map((certain) =>
      classOf({ certain, possible: 100, of: 100 }),
    );
    expect(classes).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect(classOf({ certain: 0, possible: 0, of: 0 })).toBeNull();
  });

  it('are written so that no more is claimed than is certain, and no less than is possible', () => {
    expect(percents({ certain: 199, possible: 201, of: 1000 })).toEqual([19, 21]);
    expect(shareWords({ certain: 199, possible: 201, of: 1000 })).toBe('19–21%');
    expect(shareWords({ certain: 50, possible: 50, of: 100 })).toBe('50%');
    expect(shareWords({ certain: 0, possible: 0, of: 0 })).toBe('0%');
  });
});

it('the longest without a visit comes first, and before all what had none, the least covered first', () => {
  const rows = [row(1, 60, 10), row(2, null, 30), row(3, 9000, 90), row(4, null, 5), row(5, null, 5)];
  expect(longestFirst(rows).map(({ area }) => area.id)).toEqual([4, 5, 2, 3, 1]);
});

it('the window ends with the day that it is in China', () => {
  // 2026-11-23 16:30 UTC is half past midnight of the 24th in China.
  const now = Date.parse('2026-11-23T16:30:00Z');
  expect(windowOf(1, now)).toEqual({ from: '2026-11-24', to: '2026-11-24' });
  expect(windowOf(7, now)).toEqual({ from: '2026-11-18', to: '2026-11-24' });
  expect(windowOf(30, Date.parse('2026-03-01T04:00:00Z')).from).toBe('2026-01-31');
});

it('a city is told by the levels that it has, by its grids where it has no communities', () => {
  const coverage = new Coverage();
  coverage.know({ streets: 0, communities: 0, grids: 12 });
  expect([coverage.level, coverage.levels]).toEqual(['grid', ['grid']]);
  const whole = new Coverage();
  whole.know({ streets: 15, communities: 248, grids: 2441 });
  expect([whole.level, whole.levels.length]).toEqual(['community', 3]);
});
