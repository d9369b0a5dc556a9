import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** The client of the server takes `Request` as it is when it is loaded. */
const begin = async () => new (await import('../src/command/past.svelte')).Past();

const history = { at: '', open_cases: 1, cases: [{ id: 5, place: { lon: 1, lat: 2 } }], hazards: [] };

/** Answers that are given when the test wants it, by the moment that was asked about. */
let waiting: { at: string; answer: (body: object, status?: number) => void }[];

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-28T12:00:00Z'), toFake: ['Date'] });
  waiting = [];
  vi.stubGlobal(
    'Request',
    class extends Request {
      constructor(input: string, init?: RequestInit) {
        super(new URL(input, 'http://127.0.0.1'), init);
      }
    },
  );
  vi.stubGlobal('fetch', (request: Request) => {
    const asked = new URL(request.url);
    return new Promise<Response>((resolve) => {
      const answer = (body: object, status = 200) =>
        resolve(
          new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }),
        );
      waiting.push({ at: asked.searchParams.get('at') ?? asked.pathname, answer });
    });
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const at = (text: string) => Date.parse(text);
const asked = async (count: number) => vi.waitFor(() => expect(waiting.length).toBe(count));

describe('the past', () => {
  it('is asked about one moment at a time, and those that were passed over are not asked about', async () => {
    const past = await begin();
    past.show(at('2026-11-28T11:00:00Z'));
    past.show(at('2026-11-28T10:00:00Z'));
    past.show(at('2026-11-28T09:00:00Z'));
    await asked(1);
    waiting[0]?.answer(history);
    await asked(2);
    expect(waiting.map(({ at }) => at)).toEqual(['2026-11-28T11:00:00.000Z', '2026-11-28T09:00:00.000Z']);
    waiting[1]?.answer({ ...history, open_cases: 9 });
    await vi.waitFor(() => expect(past.moment).toMatchObject({ kind: 'told', history: { open_cases: 9 } }));
    expect(waiting.length).toBe(2);
  });

  it('ends where now begins', async () => {
    const past = await begin();
    past.show(at('2026-11-28T11:00:00Z'));
    await asked(1);
    past.show(at('2026-11-28T13:00:00Z'));
    expect(past.at).toBeNull();
    waiting[0]?.answer(history);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(past.moment.kind).toBe('waiting');
  });

  it('keeps the case that was chosen as long as it was open', async () => {
    const past = await begin();
    past.show(at('2026-11-28T11:00:00Z'));
    await asked(1);
    waiting[0]?.answer(history);
    await vi.waitFor(() => expect(past.moment.kind).toBe('told'));
    past.choose(5);
    expect(past.marked).toEqual({ lon: 1, lat: 2 });
    past.show(at('2026-11-28T10:00:00Z'));
    await asked(2);
    waiting[1]?.answer({ ...history, cases: [] });
    await vi.waitFor(() => expect(past.chosen).toBeNull());
  });

  it('says what went wrong, and may be asked again', async () => {
    const past = await begin();
    past.show(at('2026-11-28T11:00:00Z'));
    await asked(1);
    waiting[0]?.answer({}, 500);
    await vi.waitFor(() => expect(past.moment.kind).toBe('refused'));
    void past.look();
    await asked(2);
  });
});
