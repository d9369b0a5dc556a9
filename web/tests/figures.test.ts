import { beforeAll, describe, expect, it } from 'vitest';
import { overwriteGetLocale } from '../src/paraglide/runtime.js';
import { ago, clockOf, coordinates, distance, duration, headline, moment } from '../src/words/figures';

beforeAll(() => overwriteGetLocale(() => 'zh'));

describe('figures', () => {
  it('are whole up to ten thousand and 万 from there on', () => {
    expect(headline(0, 'zh')).toBe('0');
    expect(headline(2441, 'zh')).toBe('2,441');
    expect(headline(9999, 'zh')).toBe('9,999');
    expect(headline(10_000, 'zh')).toBe('1万');
    expect(headline(61_234, 'zh')).toBe('6.1万');
    expect(headline(123_456_789, 'zh')).toBe('1.2亿');
  });

  it('never claim more than there is', () => {
    expect(headline(19_999, 'zh')).toBe('1.9万');
    expect(headline(19_999, 'en')).toBe('19k');
    expect(headline(999_999, 'en')).toBe('999k');
    expect(headline(1_950_000, 'en')).toBe('1.9M');
  });

  it('give distances in metres below a kilometre', () => {
    expect(distance(0.4)).toBe('0 米');
    expect(distance(12.3)).toBe('12 米');
    expect(distance(999.4)).toBe('999 米');
    expect(distance(999.6)).toBe('1 公里');
    expect(distance(1260)).toBe('1.3 公里');
  });

  it('write longitude first', () => {
    expect(coordinates({ lon: 123.3181, lat: 41.789 })).toBe('123.318100, 41.789000');
  });
});

describe('how long', () => {
  it('somebody takes is never told as less', () => {
    expect(duration(0)).toBe('0 秒');
    expect(duration(59.1)).toBe('1 分 00 秒');
    expect(duration(244.2)).toBe('4 分 05 秒');
    expect(duration(3599.5)).toBe('1 小时 00 分');
    expect(duration(4000)).toBe('1 小时 06 分');
  });

  it('ago somebody was seen is told in whole minutes', () => {
    expect(ago(59.9)).toBe('刚刚定位');
    expect(ago(179)).toBe('2 分钟前定位');
  });

  it('is told by the clock of the city', () => {
    expect(clockOf('2026-11-23T15:07:31.250+08:00')).toBe('15:07:31');
  });
});

describe('a moment', () => {
  it('shows the clock of the city, not of the reader', () => {
    expect(moment('2026-11-23T15:07:00+08:00')).toBe('2026-11-23 15:07');
    expect(moment('2026-11-23T15:07:59.123-05:00')).toBe('2026-11-23 15:07');
  });

  it('in UTC shows the clock of the reader', () => {
    const local = new Date('2026-11-23T07:07:00Z');
    const shown = moment('2026-11-23T07:07:00Z');
    expect(shown).toBe(moment(local.getTime() / 1000));
    expect(shown).toMatch(/^2026-11-2[234] \d\d:07$/);
  });

  it('that is none is shown as it came', () => {
    expect(moment('yesterday')).toBe('yesterday');
  });
});
