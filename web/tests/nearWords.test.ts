import { beforeAll, describe, expect, it } from 'vitest';
import type { NearThing } from '../src/api/questions';
import { nearDetail, nearSymbol, nearTitle } from '../src/command/nearWords';
import { groupNear } from '../src/command/mode';
import { overwriteGetLocale } from '../src/paraglide/runtime.js';

beforeAll(() => overwriteGetLocale(() => 'zh'));

const monday = 1;
const place = { lon: 123.3, lat: 41.8 };
const thing = (kind: string, detail: unknown, name: string | null = null, distance_m = 10) =>
  ({ kind, id: 1, name, detail, distance_m, place }) as NearThing;
const categories = [{ code: '14', zh: '消防与公共安全隐患', en: 'Fire', hazard: true }];

describe('something near', () => {
  it('that is a hazard says what it is, whether it is still there and since when', () => {
    const hazard = thing('hazard', { category: '14', state: 'open', seen_at: '2026-11-23T15:07:00+08:00' });
    expect(nearTitle(hazard, categories, 'zh')).toBe('消防与公共安全隐患');
    expect(nearDetail(hazard, monday)).toBe('未消除 · 2026-11-23 15:07');
    expect(nearSymbol(hazard)).toBe('hazard');
  });

  it('that has hours says those of the day, and which day', () => {
    const hours = [
      { day: 'monday', from_min: 510, until_min: 720 },
      { day: 'monday', from_min: 780, until_min: 1440 },
      { day: 'tuesday', from_min: 1320, until_min: 1500 },
    ];
    expect(nearDetail(thing('station', { hours }), monday)).toBe('周一 08:30–12:00 13:00–24:00');
    expect(nearDetail(thing('facility', { kind: 'clinic', hours }), 2)).toBe('卫生服务 · 周二 22:00–01:00');
    expect(nearDetail(thing('station', { hours }), 0)).toBe('');
  });

  it('that has no name is called by its address, or said to have none', () => {
    expect(nearTitle(thing('building', { address: '云峰街 23 号' }), [], 'zh')).toBe('云峰街 23 号');
    expect(nearTitle(thing('compound', {}, ''), [], 'zh')).toBe('无名称');
    expect(nearTitle(thing('building', {}), [], 'zh')).toBe('无名称');
  });

  it('of a kind without a drawing shows the general one', () => {
    expect(nearSymbol(thing('facility', { kind: 'police' }))).toBe('facility-police');
    expect(nearSymbol(thing('facility', { kind: 'post_office' }))).toBe('facility');
    expect(nearSymbol(thing('street', {}))).toBeNull();
  });

  it('is grouped by kind, the urgent first, the nearest first, each street once', () => {
    const groups = groupNear([
      thing('street', {}, '云峰街', 30),
      thing('street', {}, '云峰街', 20),
      thing('street', {}, null, 1),
      thing('building', { address: '云峰街 23 号' }, null, 5),
      thing('hazard', {}, 'far', 90),
      thing('hazard', {}, 'near', 9),
    ]);
    expect(groups.map(({ kind, things }) => [kind, things.map(({ name }) => name)])).toEqual([
      ['hazard', ['near', 'far']],
      ['building', [null]],
      ['street', ['云峰街']],
    ]);
  });
});
