/**
 * What does a link to this page hold? The view, the place, case or patrol that was asked about, the list that is shown, how coverage is told, and
 * the layers that are off:
 *
 * `#map=15.20/41.78900/123.31810&at=123.318100,41.789000&off=buildings,streets`, or `#map=…&case=17`, or `#map=…&list=coverage&level=grid&days=7`,
 * or `#map=…&past=2026-11-23T15:07:00`, by the clock of China
 *
 * Whoever opens the link sees what the sender saw. Parts that make no sense are left out rather than guessed.
 */
import type { Place } from '../api/questions';
import type { Level } from '../api/patrols';
import { isLayerGroup, type LayerGroup } from '../map/style/groups';
import { spans, type SpanDays } from './coverage.svelte';
import { lists, type List } from './mode';

const levels: readonly Level[] = ['street', 'community', 'grid'];

/** The clock of China is so far ahead of that of Greenwich. */
const chinaMs = 8 * 3_600_000;

export interface View {
  zoom: number;
  lon: number;
  lat: number;
}

export interface Address {
  view: View | null;
  at: Place | null;
  /** The number of a case. */
  of: number | null;
  /** The number of a patrol. */
  patrol: number | null;
  list: List;
  level: Level;
  days: SpanDays;
  /** The moment of the past that is looked at, milliseconds. */
  past: number | null;
  off: LayerGroup[];
}

export function readAddress(hash: string): Address {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const [zoom, viewLat, viewLon] = numbers(parts.get('map'), '/');
  const [lon, lat] = numbers(parts.get('at'), ',');
  const view =
    zoom !== undefined && zoom >= 0 && zoom <= 24 && onEarth(viewLon, viewLat)
      ? { zoom, lon: viewLon as number, lat: viewLat as number }
      : null;
  return {
    view,
    at: onEarth(lon, lat) ? { lon: lon as number, lat: lat as number } : null,
    of: number(parts.get('case')),
    patrol: number(parts.get('patrol')),
    list: lists.find((list) => list === parts.get('list')) ?? 'cases',
    level: levels.find((level) => level === parts.get('level')) ?? 'community',
    days: spans.find((days) => String(days) === parts.get('days')) ?? 1,
    past: pastMoment(parts.get('past')),
    off: (parts.get('off') ?? '').split(',').filter(isLayerGroup),
  };
}

export function writeAddress(address: Partial<Address>): string {
  const { view, at, of, patrol, list, level, days, past, off = [] } = address;
  const parts: string[] = [];
  if (view) parts.push(`map=${view.zoom.toFixed(2)}/${view.lat.toFixed(5)}/${view.lon.toFixed(5)}`);
  if (at) parts.push(`at=${at.lon.toFixed(6)},${at.lat.toFixed(6)}`);
  if (of != null) parts.push(`case=${of}`);
  if (patrol != null) parts.push(`patrol=${patrol}`);
  if (list && list !== 'cases') parts.push(`list=${list}`);
  if (list === 'coverage' && level && level !== 'community') parts.push(`level=${level}`);
  if (list === 'coverage' && days && days !== 1) parts.push(`days=${days}`);
  if (past != null) parts.push(`past=${new Date(past + chinaMs).toISOString().slice(0, 19)}`);
  if (off.length > 0) parts.push(`off=${off.join(',')}`);
  return `#${parts.join('&')}`;
}

/** Whether two places are the same as far as a link tells them apart. */
export function samePlace(one: Place | null, other: Place | null): boolean {
  if (!one || !other) return one === other;
  return Math.abs(one.lon - other.lon) < 1e-6 && Math.abs(one.lat - other.lat) < 1e-6;
}

function pastMoment(text: string | null): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text ?? '')) return null;
  const at = Date.parse(`${text}Z`) - chinaMs;
  return Number.isNaN(at) ? null : at;
}

function number(text: string | null): number | null {
  return /^[1-9]\d{0,15}$/.test(text ?? '') ? Number(text) : null;
}

function numbers(text: string | null, separator: string): number[] {
  if (text === null || text === '') return [];
  // An empty part is no zero.
  return text.split(separator).map((part) => (part.trim() === '' ? NaN : Number(part)));
}

function onEarth(lon: number | undefined, lat: number | undefined): boolean {
  return lon !== undefined && lat !== undefined && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}
