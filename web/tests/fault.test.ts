import { beforeEach, describe, expect, it } from 'vitest';
import { faultWords, mayRetry, readProblem } from '../src/api/fault';
import { overwriteGetLocale } from '../src/paraglide/runtime.js';

let spoken: 'zh' | 'en' = 'zh';
beforeEach(() => {
  spoken = 'zh';
  overwriteGetLocale(() => spoken);
});

describe('a fault', () => {
  it('is said in the language of the page and not in that of the server', () => {
    const fault = readProblem(507, {
      type: '/problems/storage-full',
      title: 'disk /var/lib is full',
      status: 507,
    });
    expect(faultWords(fault)).toBe('服务器存储已满，暂时不能登记。');
    spoken = 'en';
    expect(faultWords(fault)).toBe("The server's storage is full; nothing can be registered now.");
  });

  it('names the field', () => {
    const fault = readProblem(400, { type: 'https://gridward.dev/problems/invalid-parameter', field: 'lon' });
    expect(faultWords(fault)).toContain('(lon)');
  });

  it.each([
    [502, '<html>Bad Gateway</html>', 'unavailable'],
    [404, null, 'not-found'],
    [500, undefined, 'internal'],
    [418, { type: '/problems/teapot' }, 'internal'],
  ])('%i without a known problem counts as %s → %s', (status, body, slug) => {
    expect(readProblem(status, body)).toMatchObject({ kind: 'problem', slug });
  });

  it('may pass when nothing answered or the server was at fault, and not otherwise', () => {
    expect(mayRetry({ kind: 'gone' })).toBe(true);
    expect(mayRetry(readProblem(503, null))).toBe(true);
    expect(mayRetry(readProblem(400, null))).toBe(false);
  });
});
