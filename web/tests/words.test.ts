import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../src/words/${language}.json`, import.meta.url), 'utf8'));
const zh = read('zh');
const en = read('en');
const blanks = (words: string | undefined) => [...(words ?? '').matchAll(/\{\w+\}/g)].map(String).sort();

describe('the words', () => {
  it('are the same in both languages, in the same order', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh));
  });

  it('leave the same blanks to be filled in', () => {
    for (const key of Object.keys(zh)) expect(blanks(en[key]), key).toEqual(blanks(zh[key]));
  });

  it('are all in use', () => {
    const source = new URL('../src/', import.meta.url);
    const used = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(svelte|ts)$/.test(name) && !name.startsWith('paraglide'))
      .map((name) => readFileSync(new URL(name, source), 'utf8'))
      .join('');
    for (const key of Object.keys(zh)) expect(used.includes(`m.${key}`), key).toBe(true);
  });

  it('are not empty, and the English ones are not Chinese', () => {
    for (const [key, words] of Object.entries({ ...zh, ...en })) expect(words.trim(), key).not.toBe('');
    for (const [key, words] of Object.entries(en)) expect(words, key).not.toMatch(/\p{Script=Han}/u);
  });

  it('follow the glossary', () => {
    const glossary: Record<string, string> = {
      count_grids: '网格',
      count_stations: '爱心驿站',
      count_facilities: '服务设施',
      count_hazards: '未消除隐患',
      count_cases: '未办结事项',
      send: '派单',
      role_grid_worker: '网格员',
      duty_on_call: '随叫随驻',
      layer_hazards: '隐患',
      layers_areas: '辖区',
      compound: '小区',
      building: '楼栋',
      report_title: '上报',
    };
    for (const [key, words] of Object.entries(glossary)) expect(zh[key]).toBe(words);
  });
});
