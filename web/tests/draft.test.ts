import { describe, expect, it } from 'vitest';
import { attemptFor, freshKey } from '../src/command/draft';

const body = { channel: 'desk', category: '14', text: '飞线充电', place: { lon: 123.3, lat: 41.8 } };

describe('the key of a report', () => {
  it('stays the same while the words stay the same', () => {
    const first = attemptFor(body, null);
    expect(attemptFor({ ...body }, first).key).toBe(first.key);
  });

  it.each([
    { text: '飞线充电！' },
    { category: '15' },
    { channel: 'patrol' },
    { place: { lon: 123.300001, lat: 41.8 } },
  ])('is new as soon as %o has changed', (change) => {
    const first = attemptFor(body, null);
    const next = attemptFor({ ...body, ...change }, first);
    expect(next.key).not.toBe(first.key);
    expect(next.body).toEqual({ ...body, ...change });
  });

  it('is 32 visible ASCII characters and never twice the same', () => {
    const keys = new Set(Array.from({ length: 200 }, freshKey));
    expect(keys.size).toBe(200);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
  });
});
