import { describe, expect, it } from 'vitest';
import { degreesOf, pointOf, type Group, type Person } from '../src/live/crowd';
import { groupFeatures, personAt, plainness, sprites } from '../src/map/layers/forces';
import type { Atlas } from '../src/map/symbols/atlas';

const now = 1_764_000_000_000;

function person(responder: number, over: Partial<Person> = {}): Person {
  return {
    responder,
    ...pointOf(123.3, 41.8),
    role: 'grid_worker',
    duty: 'rotating',
    busy: false,
    atPost: false,
    stale: false,
    seenMs: now - 10_000,
    ...over,
  };
}

const atlas: Atlas = {
  picture: {} as HTMLCanvasElement,
  columns: 8,
  rows: 1,
  at: ({ state }) => ['free', 'busy', 'stale'].indexOf(state),
};

describe('how plainly somebody is drawn', () => {
  it('fades with the age of the fix, and is hollow and faint once it is not relied on', () => {
    const ages = [0, 120, 960, 1799].map((age_s) =>
      plainness(person(1, { seenMs: now - age_s * 1000 }), now),
    );
    expect(ages).toEqual([1, 1, expect.closeTo(0.75, 2), expect.closeTo(0.5, 2)]);
    const stale = person(1, { stale: true, seenMs: now - 9_000_000 });
    expect(plainness(stale, now)).toBeLessThan(0.5);
    expect(sprites([stale], [], atlas, now)[0]?.look).toBe(2);
  });

  it('does not fade at a post, where nothing is measured', () => {
    expect(plainness(person(1, { atPost: true, seenMs: now - 9_000_000 }), now)).toBe(1);
  });
});

describe('symbols', () => {
  const group: Group = { grid: 7, ...pointOf(123.31, 41.8), role: 'watcher', duty: 'on_call', count: 3 };

  it('are one for each person and each group, who is busy above the others', () => {
    const drawn = sprites([person(1, { busy: true }), person(2)], [group], atlas, now);
    expect(drawn.map(({ look }) => look)).toEqual([0, 0, 1]);
  });

  it('of a group say how many they are, of one person nothing', () => {
    const features = groupFeatures([group, { ...group, count: 1 }]);
    expect(features.map((feature) => feature.properties?.['count'])).toEqual(['×3']);
    expect(features[0]?.geometry).toEqual({
      type: 'Point',
      coordinates: [expect.closeTo(123.31, 6), expect.closeTo(41.8, 6)],
    });
  });

  it('are found by a point near them, the nearest first, and not from afar', () => {
    const here = pointOf(123.3, 41.8);
    const beside = person(2, { x: here.x + 2e-7 });
    expect(personAt([person(1), beside], { x: here.x + 1.5e-7, y: here.y }, 1e-6)?.responder).toBe(2);
    expect(personAt([person(1), beside], { x: here.x + 1e-4, y: here.y }, 1e-6)).toBeNull();
  });
});

it('a point of the map is where its degrees are', () => {
  const { lon, lat } = degreesOf(pointOf(123.456, -41.789));
  expect([lon, lat]).toEqual([expect.closeTo(123.456, 9), expect.closeTo(-41.789, 9)]);
});
