import { expression } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import { closedAt, isClosed, weekTime } from '../src/map/style/hours';

/** Whether the map would show a station with these hours as closed. */
function closed(hours: Record<string, string>, at: string): boolean {
  const compiled = expression.createExpression(closedAt(Date.parse(at)), 'stations.layout.icon-image');
  if (compiled.result !== 'success') throw new Error(compiled.value.map(({ message }) => message).join());
  const feature = { type: 1, properties: hours } as never;
  const drawn = compiled.value.evaluate({ zoom: 14 }, feature) as boolean;
  expect(isClosed(hours, Date.parse(at)), 'without a map it is the same').toBe(drawn);
  return drawn;
}

describe('the hours of stations', () => {
  const noon = { monday: '08:30-12:00,13:00-17:30', saturday: '22:00-26:00' };

  it('are those of the clock of China', () => {
    // A Monday in Shenyang, still Sunday in Greenwich.
    expect(weekTime(Date.parse('2026-11-22T16:30:00Z'))).toEqual({ day: 1, minute: 30 });
    expect(weekTime(Date.parse('2026-11-28T10:05:59+08:00'))).toEqual({ day: 6, minute: 605 });
  });

  it.each([
    ['2026-11-23T08:29:59+08:00', true],
    ['2026-11-23T08:30:00+08:00', false],
    ['2026-11-23T12:00:00+08:00', true],
    ['2026-11-23T13:00:00+08:00', false],
    ['2026-11-23T17:29:00+08:00', false],
    ['2026-11-23T17:30:00+08:00', true],
    ['2026-11-24T10:00:00+08:00', true],
  ])('at %s a day with a break is closed: %s', (at, is) => expect(closed(noon, at)).toBe(is));

  it.each([
    ['2026-11-28T21:59:00+08:00', true],
    ['2026-11-28T23:00:00+08:00', false],
    ['2026-11-29T01:59:00+08:00', false],
    ['2026-11-29T02:00:00+08:00', true],
  ])('at %s a night that runs on is closed: %s', (at, is) => expect(closed(noon, at)).toBe(is));

  it('that nobody knows close nothing', () => {
    expect(closed({}, '2026-11-23T03:00:00+08:00')).toBe(false);
  });
});
