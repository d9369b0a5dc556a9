import { describe, expect, it } from 'vitest';
import type { Force, Person } from '../src/api/people';
import { areaFeatures, personFeatures, plainness } from '../src/map/layers/forces';

function person(responder: number, over: Partial<Person['position']> = {}, fresh = true): Person {
  return {
    responder,
    role: 'watcher',
    mode: 'foot',
    duty: { kind: 'rotating', turnout_min: 0 },
    task: null,
    fresh,
    position: {
      place: { lon: 123.3, lat: 41.8 },
      precision: 'point',
      source: 'fix',
      at: '2026-11-23T15:07:00+08:00',
      age_s: 10,
      accuracy_m: 12,
      ...over,
    },
  };
}

const force = (people: Person[], areas: Force['areas'] = []): Force => ({
  people,
  areas,
  in_box: people.length,
  on_duty: people.length,
  at: '2026-11-23T15:07:00+08:00',
});

describe('somebody on duty', () => {
  it('is drawn plainly while just seen, fades with age, and hardly at all when not to be relied on', () => {
    expect(plainness(person(1))).toBe(1);
    const later = [300, 900, 1700].map((age_s) => plainness(person(1, { age_s })));
    expect(later).toEqual([...later].sort((one, other) => other - one));
    expect(new Set(later).size).toBe(3);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(0.5);
    expect(plainness(person(1, { age_s: 5000 }, false))).toBeLessThan(0.5);
  });

  it('at a post is drawn plainly, whatever the age', () => {
    expect(plainness(person(1, { source: 'duty_post', age_s: null, at: null }))).toBe(1);
  });

  it('without a place is not drawn', () => {
    expect(personFeatures(force([person(1, { place: null })]))).toEqual([]);
    expect(personFeatures(null)).toEqual([]);
  });

  it('shown by grid stands together with the others of that grid, under their number', () => {
    const byGrid = { precision: 'grid', accuracy_m: null } as const;
    const features = personFeatures(
      force([person(1, byGrid), person(2, byGrid), person(3, byGrid), person(4)]),
    );
    expect(features.map(({ properties }) => properties?.['count'])).toEqual(['×3', '']);
  });
});

it('too many are told by area', () => {
  const areas = [
    { area: 7, level: 'community', name: '爱心社区', place: { lon: 123.3, lat: 41.8 }, count: 41 },
  ];
  expect(areaFeatures(force([], areas))).toMatchObject([{ properties: { area: 7, count: 41 } }]);
});
