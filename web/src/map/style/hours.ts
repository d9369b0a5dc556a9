/**
 * Which of the stations are open at a moment? Tiles carry timetables and never "open now": a property for each day of the week,
 * `08:30-12:00,13:00-17:00`; what runs on into the next day ends after 24:00. Texts of the same form compare as times do.
 */
import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';

export const weekdays = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

/** `08:30-12:00,` is so long; more spans a day nobody has. */
const spanLength = 12;
const spansMax = 4;

const chinaMs = 8 * 3_600_000;
const dayMs = 86_400_000;

/** The day of the week and the clock of China. */
export function weekTime(atMs: number): { day: number; minute: number } {
  const local = atMs + chinaMs;
  return {
    day: (Math.floor(local / dayMs) + 4) % 7,
    minute: Math.floor((((local % dayMs) + dayMs) % dayMs) / 60_000),
  };
}

const two = (n: number) => String(n).padStart(2, '0');
const clock = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** Whether a station is known to be closed at a moment: one of which no hours are known is not. */
export function closedAt(atMs: number): ExpressionSpecification {
  const { day, minute } = weekTime(atMs);
  const [today, yesterday] = [weekdays[day]!, weekdays[(day + 6) % 7]!];
  const spans = Array.from({ length: spansMax }, (_, number) => number * spanLength);
  const within = (name: string, time: string) =>
    spans.map((begin) => {
      const hours = ['coalesce', ['get', name], ''];
      return [
        'all',
        ['<=', ['slice', hours, begin, begin + 5], time],
        ['<', time, ['slice', hours, begin + 6, begin + 11]],
      ];
    });
  const open = ['any', ...within(today, clock(minute)), ...within(yesterday, clock(minute + 24 * 60))];
  const known = ['any', ...weekdays.map((name) => ['has', name])];
  return ['all', known, ['!', open]] as unknown as ExpressionSpecification;
}

/** The symbol of a station at a moment: hollow where it is closed. */
export function stationImage(atMs: number): ExpressionSpecification {
  return ['case', closedAt(atMs), 'station-closed', 'station'];
}

/** The same for the properties of one station, without a map. */
export function isClosed(properties: Record<string, unknown>, atMs: number): boolean {
  const { day, minute } = weekTime(atMs);
  const open = (name: string, time: string) => {
    const hours = properties[name];
    if (typeof hours !== 'string') return false;
    return hours.split(',').some((span) => span.slice(0, 5) <= time && time < span.slice(6, 11));
  };
  const known = weekdays.some((name) => name in properties);
  const yesterday = weekdays[(day + 6) % 7]!;
  return known && !open(weekdays[day]!, clock(minute)) && !open(yesterday, clock(minute + 24 * 60));
}
