/**
 * How are numbers, distances and times written?
 *
 * The house rules: 6.1万 in headlines and whole numbers elsewhere; 2026-11-23 15:07; metres up to a kilometre.
 */
import { m } from '../paraglide/messages.js';
import type { Language } from './language.svelte';

/** 2,441 as it is; 61,234 as 6.1万 or 61k. Rounded down, so that no more is claimed than there is. */
export function headline(count: number, language: Language): string {
  if (count < 10_000) return count.toLocaleString('en');
  if (language === 'en') {
    return count < 1_000_000 ? `${Math.floor(count / 1000)}k` : `${floorTo1(count / 1e6)}M`;
  }
  return count < 1e8 ? `${floorTo1(count / 1e4)}万` : `${floorTo1(count / 1e8)}亿`;
}

function floorTo1(value: number): string {
  return (Math.floor(value * 10) / 10).toLocaleString('en');
}

/** Whole metres below a kilometre, then kilometres with at most one digit after the point. */
export function distance(distance_m: number): string {
  const whole_m = Math.round(distance_m);
  return whole_m < 1000
    ? m.distance_m({ n: String(whole_m) })
    : m.distance_km({ n: (whole_m / 1000).toFixed(1).replace('.0', '') });
}

/**
 * `2026-11-23 15:07`. A time with an offset shows the clock of that offset, which is the clock of the city and not
 * that of the reader; one in UTC shows the reader's clock. What is no time is shown as it came.
 */
export function moment(time: string | number): string {
  if (typeof time === 'string' && /T\d\d:\d\d.*[+-]\d\d:?\d\d$/.test(time)) {
    return `${time.slice(0, 10)} ${time.slice(11, 16)}`;
  }
  const date = new Date(typeof time === 'number' ? time * 1000 : time);
  if (Number.isNaN(date.getTime())) return String(time);
  const two = (n: number) => String(n).padStart(2, '0');
  return (
    `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ` +
    `${two(date.getHours())}:${two(date.getMinutes())}`
  );
}

/** A moment in milliseconds by the clock of China, `2026-11-23 15:07`. */
export function momentOf(atMs: number): string {
  return new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** `4 分 05 秒`: whole seconds, rounded up, so that nobody is promised earlier than they come; from an hour on minutes do. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  if (whole < 60) return m.duration_s({ s: String(whole) });
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? m.duration_min({ min: String(minutes), s: two(whole % 60) })
    : m.duration_h({ h: String(Math.floor(minutes / 60)), min: two(minutes % 60) });
}

/** How long ago somebody was seen: `刚刚` within a minute, then whole minutes. */
export function ago(seconds: number): string {
  return seconds < 60 ? m.ago_now() : m.ago_minutes({ n: String(Math.floor(seconds / 60)) });
}

/** How long nobody was there: `45 分`, `3 小时`, `2 天`; rounded down. */
export function idle(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return m.idle_minutes({ n: String(minutes) });
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? m.idle_hours({ n: String(hours) }) : m.idle_days({ n: String(Math.floor(hours / 24)) });
}

/** `15:07:31`: the clock of a moment, as its offset has it. */
export function clockOf(time: string): string {
  return time.slice(11, 19);
}

/** Longitude first, six digits: about ten centimetres. */
export function coordinates({ lon, lat }: { lon: number; lat: number }): string {
  return `${lon.toFixed(6)}, ${lat.toFixed(6)}`;
}
