import type { Atlas } from '../src/map/symbols/atlas';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const place = { lon: 123.33, lat: 41.79 };
const grid = { id: 7, level: 'grid', code: '210106020042003', name: '第3网格' };

const quick = { responder: 21, travel_time_s: 60, shift_revision: 7, path: [[123.33, 41.79]] };
const slow = { responder: 22, travel_time_s: 200, shift_revision: 8, path: null };

type Answer = { status: number; body: unknown } | 'gone';
let answers: Record<string, Answer | ((request: Request) => Answer)>;
let sent: { path: string; request: Request; body: unknown }[];

function respond(answer: Answer): Response {
  if (answer === 'gone') throw new TypeError('fetch failed');
  const type = answer.status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(JSON.stringify(answer.body), {
    status: answer.status,
    headers: { 'content-type': type },
  });
}

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('location', { hash: '' });
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
  sent = [];
  const version = 'v2';
  answers = {
    '/api/v1/city': { status: 200, body: { name: '铁西区', counts: { grids: 1 }, attribution: '', version } },
    '/api/v1/locate': { status: 200, body: { place, areas: [grid], version } },
    '/api/v1/near': { status: 200, body: { place, results: [], version } },
    '/api/v1/cases': { status: 200, body: { cases: [{ id: 5 }], next: null, version } },
    '/api/v1/tiles/live': { status: 200, body: { tiles: ['/api/v1/tiles/live/{z}/{x}/{y}?v=v2'] } },
    '/api/v1/closures': { status: 200, body: { closures: [], version } },
    '/api/v1/cases/5': { status: 200, body: { id: 5, state: 'received', place, areas: [grid] } },
    '/api/v1/tasks': { status: 200, body: { tasks: [], count: 0, version } },
    '/api/v1/nearest-responders': {
      status: 200,
      body: { candidates: [slow, quick].sort((a, b) => a.travel_time_s - b.travel_time_s), case_revision: 3 },
    },
    '/api/v1/reports': { status: 201, body: { report: 4, case: 5, hazard: 6, areas: [grid], version } },
  };
  vi.stubGlobal(
    'Request',
    class extends Request {
      constructor(input: string, init?: RequestInit) {
        super(new URL(input, 'http://127.0.0.1'), init);
      }
    },
  );
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname;
    const text = await request.clone().text();
    sent.push({ path, request, body: text ? JSON.parse(text) : null });
    const answer = answers[path] ?? 'gone';
    return respond(typeof answer === 'function' ? answer(request) : answer);
  });
});
afterEach(() => vi.unstubAllGlobals());

async function openPage() {
  const { CommandPage } = await import('../src/command/page.svelte');
  const page = new CommandPage();
  page.opening = { kind: 'open', style: {}, symbols: [], atlas: {} as Atlas };
  return page;
}

async function writeReport() {
  const page = await openPage();
  await page.ask(place);
  page.startReport(place);
  page.draft = { category: '14', text: ' 飞线充电 ', channel: 'desk' };
  return page;
}

const keysSent = () =>
  sent
    .filter(({ path }) => path === '/api/v1/reports')
    .map(({ request }) => request.headers.get('Idempotency-Key'));

describe('a click', () => {
  it('is answered with the chain of areas', async () => {
    const page = await openPage();
    await page.ask(place);
    expect(page.mode).toMatchObject({
      kind: 'asked',
      answer: { kind: 'answered', where: { areas: [grid] } },
    });
  });

  it('on another place makes a late answer to the first one void', async () => {
    const page = await openPage();
    const first = page.ask(place);
    const second = page.ask({ lon: 123.4, lat: 41.7 });
    await Promise.all([first, second]);
    expect(page.mode).toMatchObject({ kind: 'asked', place: { lon: 123.4 } });
  });

  it('that the server refuses is answered with the reason', async () => {
    answers['/api/v1/near'] = { status: 400, body: { type: '/problems/outside-frame', status: 400 } };
    const page = await openPage();
    await page.ask(place);
    expect(page.mode).toMatchObject({ answer: { kind: 'refused', fault: { slug: 'outside-frame' } } });
  });

  it('while a report is written moves the report', async () => {
    const page = await writeReport();
    await page.ask({ lon: 123.4, lat: 41.7 });
    expect(page.mode).toMatchObject({ kind: 'reporting', place: { lon: 123.4 }, areas: [grid] });
    expect(page.draft.text).toBe(' 飞线充电 ');
  });
});

describe('a report', () => {
  it('once acknowledged shows its number and refreshes hazards and cases', async () => {
    const page = await writeReport();
    await page.send();
    expect(page.mode).toMatchObject({ kind: 'acknowledged', receipt: { case: 5, hazard: 6 } });
    expect(page.liveTiles).toEqual(['/api/v1/tiles/live/{z}/{x}/{y}?v=v2']);
    expect(page.cases).toEqual([{ id: 5 }]);
    expect(page.draft.text).toBe('');
    expect(sent.find(({ path }) => path === '/api/v1/reports')?.body).toEqual({
      channel: 'desk',
      category: '14',
      text: '飞线充电',
      place,
    });
  });

  it('that found no answer is sent again under the same key', async () => {
    answers['/api/v1/reports'] = 'gone';
    const page = await writeReport();
    await page.send();
    expect(page.mode).toMatchObject({
      kind: 'reporting',
      sending: { kind: 'refused', fault: { kind: 'gone' } },
    });
    expect(page.reachable).toBe(false);
    answers['/api/v1/reports'] = { status: 201, body: { report: 4, case: 5, areas: [], version: 'v3' } };
    await page.send();
    expect(page.mode.kind).toBe('acknowledged');
    const [first, second] = keysSent();
    expect(first).toBe(second);
  });

  it('survives a reload of the page, words and key', async () => {
    answers['/api/v1/reports'] = 'gone';
    await (await writeReport()).send();
    const reloaded = await openPage();
    expect(reloaded.draft).toEqual({ category: '14', text: ' 飞线充电 ', channel: 'desk' });
    reloaded.startReport(place);
    await reloaded.send();
    const [first, second] = keysSent();
    expect(first).toBe(second);
  });

  it('is not given up by Escape while it is on its way', async () => {
    const page = await writeReport();
    const sending = page.send();
    page.close();
    expect(page.mode).toMatchObject({ kind: 'reporting', sending: { kind: 'sending' } });
    await sending;
    expect(page.mode.kind).toBe('acknowledged');
  });
});

describe('a case', () => {
  async function lookAtCase() {
    const page = await openPage();
    await page.lookAt(5);
    if (page.mode.kind !== 'case') throw new Error('no case is looked at');
    return { page, assigning: page.mode.assigning };
  }
  const orders = () => sent.filter(({ path }) => path === '/api/v1/assignments');
  const task = { id: 9, case: 5, state: 'sent', responder: 21, place, areas: [] };

  it('names who can be there first, and draws the way of the one pointed at', async () => {
    const { page, assigning } = await lookAtCase();
    expect(page.mode).toMatchObject({ kind: 'case', answer: { kind: 'answered', found: { id: 5 } } });
    expect(assigning.candidates.map(({ responder }) => responder)).toEqual([21, 22]);
    expect(assigning.shown?.responder).toBe(21);
    assigning.pointed = 22;
    expect(assigning.shown?.responder).toBe(22);
  });

  it('is not opened in the past, also not by an answer that comes late', async () => {
    const { page } = await lookAtCase();
    page.close();
    answers['/api/v1/tasks'] = { status: 200, body: { tasks: [task], count: 1 } };
    answers['/api/v1/patrols'] = { status: 200, body: { patrols: [] } };
    answers['/api/v1/history'] = {
      status: 200,
      body: { at: '', open_cases: 0, cases: [], hazards: [], people: null },
    };
    const looking = page.lookAtPerson(21, place);
    page.lookBack(Date.now() - 3_600_000);
    await looking;
    await page.lookAt(5);
    await page.ask(place);
    expect([page.mode.kind, page.past.at !== null]).toEqual(['looking', true]);
    page.lookBack(null);
    await page.lookAtPerson(21, place);
    expect(page.mode).toMatchObject({ kind: 'case', id: 5 });
  });

  it('says nothing that was written for another one', async () => {
    const { page } = await lookAtCase();
    answers['/api/v1/cases/6/steps'] = { status: 200, body: { id: 6, state: 'acknowledged' } };
    page.stepping.name = '王芳';
    page.stepping.note = '重复上报';
    page.close();
    await page.acknowledge({ id: 6, revision: 1 } as never);
    const step = sent.find(({ path }) => path === '/api/v1/cases/6/steps');
    expect(step?.body).toEqual({ step: 'acknowledged', by: '王芳', revision: 1 });
    await page.lookAt(5);
    expect(page.stepping.note).toBe('');
  });

  it('sends the chosen one as it was looked at, and then follows', async () => {
    const { page, assigning } = await lookAtCase();
    answers['/api/v1/assignments'] = () => {
      answers['/api/v1/tasks'] = { status: 200, body: { tasks: [{ ...task, position: null }], count: 1 } };
      return { status: 201, body: task };
    };
    await page.assign(assigning.candidates[0] as never);
    expect(orders()[0]?.body).toEqual({ case: 5, responder: 21, shift_revision: 7, case_revision: 3 });
    expect(assigning.sent).toMatchObject([{ task: { id: 9 } }]);
    expect(assigning.candidates).toEqual([]);
  });

  it('that somebody else sent to first says so, and shows whom', async () => {
    const { page, assigning } = await lookAtCase();
    answers['/api/v1/assignments'] = () => {
      answers['/api/v1/tasks'] = { status: 200, body: { tasks: [{ ...task, position: null }], count: 1 } };
      return { status: 409, body: { type: '/problems/taken', status: 409 } };
    };
    await page.assign(assigning.candidates[1] as never);
    expect(assigning.refusal).toMatchObject({ slug: 'taken' });
    expect(assigning.sent).toMatchObject([{ task: { responder: 21 } }]);
  });

  it('takes an order that found no answer again under the same key', async () => {
    const { page, assigning } = await lookAtCase();
    answers['/api/v1/assignments'] = 'gone';
    await page.assign(assigning.candidates[0] as never);
    expect(assigning.refusal).toEqual({ kind: 'gone' });
    await page.assign(assigning.candidates[0] as never);
    const [first, second] = orders().map(({ request }) => request.headers.get('Idempotency-Key'));
    expect(first).toBe(second);
    await page.assign(assigning.candidates[1] as never);
    expect(orders()[2]?.request.headers.get('Idempotency-Key')).not.toBe(first);
  });

  it('that is left takes no late answer', async () => {
    const page = await openPage();
    const looking = page.lookAt(5);
    await page.ask(place);
    await looking;
    expect(page.mode.kind).toBe('asked');
  });
});
