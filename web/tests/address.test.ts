import { describe, expect, it } from 'vitest';
import { readAddress, samePlace, writeAddress } from '../src/command/address';

describe('the address of the page', () => {
  it('says again what was written into it', () => {
    const address = {
      view: { zoom: 15.2, lat: 41.789, lon: 123.3181 },
      at: { lon: 123.318123, lat: 41.789456 },
      of: null,
      patrol: null,
      list: 'coverage',
      level: 'grid',
      days: 7,
      past: Date.parse('2026-11-23T15:07:31+08:00'),
      off: ['buildings', 'area-grid'],
    } as const;
    const read = readAddress(writeAddress({ ...address, off: [...address.off] }));
    expect(read).toEqual({ ...address, off: [...address.off] });
  });

  it('holds nothing when nothing is chosen', () => {
    const nothing = { view: null, at: null, of: null, patrol: null, past: null, off: [] };
    const usual = { ...nothing, list: 'cases', level: 'community', days: 1 } as const;
    expect(writeAddress(usual)).toBe('#');
    expect(writeAddress({})).toBe('#');
    expect(readAddress('')).toEqual(usual);
  });

  it('tells moments by the clock of China, and knows none that does not exist', () => {
    const past = Date.parse('2026-11-23T07:07:00Z');
    expect(writeAddress({ past })).toBe('#past=2026-11-23T15:07:00');
    expect(readAddress('#past=2026-11-23T15:07').past).toBe(past);
    for (const wrong of ['yesterday', '2026-13-01T00:00', '1795417620', '']) {
      expect(readAddress(`#past=${wrong}`).past).toBeNull();
    }
  });

  it('knows no lists, levels or windows that do not exist', () => {
    const { list, level, days } = readAddress('#list=people&level=city&days=2');
    expect([list, level, days]).toEqual(['cases', 'community', 1]);
    expect(writeAddress({ list: 'feed', level: 'grid', days: 30 })).toBe('#list=feed');
  });

  it('names a case or a patrol by its number, and no other thing', () => {
    expect(readAddress(writeAddress({ of: 4711 })).of).toBe(4711);
    expect(readAddress(writeAddress({ patrol: 12 })).patrol).toBe(12);
    for (const hash of ['#case=0', '#case=-1', '#case=1.5', '#case=x', '#case=']) {
      expect(readAddress(hash).of, hash).toBeNull();
    }
  });

  it.each([
    '#map=15/95/123',
    '#map=15/41/181',
    '#map=99/41/123',
    '#map=a/b/c',
    '#map=15/41',
    '#map=',
    '#map=15//',
    '#at=200,0&map=x',
  ])('leaves out what makes no sense in %s', (hash) => {
    const { view, at } = readAddress(hash);
    expect(view).toBeNull();
    expect(at).toBeNull();
  });

  it('knows no layers that do not exist', () => {
    expect(readAddress('#off=buildings,secrets,,hazards,people').off).toEqual([
      'buildings',
      'hazards',
      'people',
    ]);
  });

  it('takes places for the same when a link could not tell them apart', () => {
    expect(samePlace({ lon: 1, lat: 2 }, { lon: 1 + 4e-7, lat: 2 })).toBe(true);
    expect(samePlace({ lon: 1, lat: 2 }, { lon: 1.00001, lat: 2 })).toBe(false);
    expect(samePlace(null, { lon: 1, lat: 2 })).toBe(false);
    expect(samePlace(null, null)).toBe(true);
  });
});
