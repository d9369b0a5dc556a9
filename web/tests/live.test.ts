import { describe, expect, it } from 'vitest';
import { Crowd } from '../src/live/crowd';
import { EventReader, type Hello, type LiveEvent, type PeopleMoved } from '../src/live/events';
import { Exchange, type FromPage, type ToPage } from '../src/live/exchange';
import { Buffering, waitBefore } from '../src/live/pace';

const hello: Hello = {
  stream: 's',
  version: 'e.0.1',
  beat_s: 5,
  roles: ['grid_worker', 'watcher'],
  duties: ['resident', 'rotating'],
  cell_units: 8192,
};

function moved(over: Partial<PeopleMoved>): PeopleMoved {
  return { cell: '14/13805/6094', at_ms: 10_000, whole: false, put: [], out: [], groups: null, ...over };
}

describe('reading events', () => {
  const text =
    'id: e.0.7\nevent: gone\ndata: {"kind":"case","id":3,"revision":2}\n\nevent: counts\ndata: {}\n\n';

  it('finds the same events wherever the pieces end', () => {
    for (let cut = 0; cut <= text.length; cut += 1) {
      const reader = new EventReader();
      const events = [...reader.read(text.slice(0, cut)), ...reader.read(text.slice(cut))];
      expect(events.map(({ name }) => name)).toEqual(['gone', 'counts']);
      expect(reader.lastId).toBe('e.0.7');
    }
  });

  it('passes over comments and what is no event', () => {
    expect(new EventReader().read(': a comment\n\nevent: beat\n\n')).toEqual([]);
  });
});

describe('the pace of tries', () => {
  it('doubles up to a quarter of a minute, and differs by chance', () => {
    expect([0, 1, 2, 3].map((tries) => waitBefore(tries, 1))).toEqual([500, 1000, 2000, 4000]);
    expect(waitBefore(40, 1)).toBe(15_000);
    expect(waitBefore(40, 0)).toBe(7500);
  });
});

describe('a stream that is held back on the way', () => {
  const beats = (came: number[]) => {
    const buffering = new Buffering();
    return came.map((cameMs, at) => buffering.beat(at * 5000, cameMs)).at(-1);
  };
  it('is told by beats that come in a heap', () => {
    expect(beats([20_000, 20_010, 20_020])).toBe(true);
  });
  it('is not told by one late beat, nor by steady ones', () => {
    expect(beats([0, 5000, 14_000, 15_000, 20_000])).toBe(false);
    expect(beats([0, 5000, 10_000])).toBe(false);
  });
  it('is over when beats come steadily again', () => {
    expect(beats([20_000, 20_010, 20_020, 25_000])).toBe(false);
  });
});

describe('the crowd', () => {
  const everywhere = [0, 0, 1, 1] as const;
  const numbers = (crowd: Crowd) => crowd.people(everywhere).map(({ responder }) => responder);

  it('puts people where the cell says, and takes them out', () => {
    const crowd = new Crowd();
    crowd.begin(hello);
    crowd.move(moved({ whole: true, put: [[5, 4096, 4096, 0, 1, 3, 60]], groups: [[9, 0, 0, 1, 0, 4]] }));
    const [one] = crowd.people(everywhere);
    expect(one).toMatchObject({
      responder: 5,
      role: 'grid_worker',
      duty: 'rotating',
      busy: true,
      atPost: true,
    });
    expect(one?.stale).toBe(false);
    expect(one?.seenMs).toBe(10_000 - 60_000);
    expect((one?.x ?? 0) * 2 ** 14).toBeCloseTo(13805.5, 3);
    expect((one?.y ?? 0) * 2 ** 14).toBeCloseTo(6094.5, 3);
    expect(crowd.groups()).toMatchObject([{ grid: 9, role: 'watcher', duty: 'resident', count: 4 }]);
    crowd.move(moved({ out: [5] }));
    expect(numbers(crowd)).toEqual([]);
    expect(crowd.groups()).toHaveLength(1);
  });

  it('keeps who moved on to another cell, in whichever order the two are told', () => {
    const crowd = new Crowd();
    crowd.begin(hello);
    crowd.move(moved({ put: [[5, 1, 1, 0, 0, 0, 0]] }));
    crowd.move(moved({ cell: '14/13806/6094', put: [[5, 0, 1, 0, 0, 0, 0]] }));
    crowd.move(moved({ out: [5] }));
    expect(numbers(crowd)).toEqual([5]);
  });

  it('forgets of a cell that comes whole who is not named', () => {
    const crowd = new Crowd();
    crowd.begin(hello);
    crowd.move(moved({ put: [[5, 1, 1, 0, 0, 0, 0]] }));
    crowd.move(moved({ whole: true, put: [[6, 1, 1, 0, 0, 0, 0]] }));
    expect(numbers(crowd)).toEqual([6]);
  });

  it('counts areas, and forgets those in which nobody is any more', () => {
    const crowd = new Crowd();
    crowd.count({
      level: 'grid',
      at_ms: 0,
      whole: true,
      put: [
        [1, 3, 123, 41],
        [2, 1, 123, 42],
      ],
    });
    crowd.count({ level: 'grid', at_ms: 0, whole: false, put: [[2, 0, 123, 42]] });
    expect(crowd.counts('grid')).toEqual([{ area: 1, count: 3, lon: 123, lat: 41 }]);
    expect(crowd.counts('street')).toEqual([]);
  });
});

describe('pages that share a connection', () => {
  function exchange() {
    const looks: unknown[] = [];
    const lines: { hear: (event: LiveEvent) => void; ended: boolean }[] = [];
    const shared = new Exchange((hear) => {
      const line = { hear, ended: false };
      lines.push(line);
      return {
        look: (view) => looks.push(view),
        hurry: () => undefined,
        end: () => (line.ended = true),
      };
    });
    const page = () => {
      const heard: ToPage[] = [];
      const port = { postMessage: (message: ToPage) => void heard.push(message) };
      shared.join(port);
      return { heard, say: (message: FromPage) => shared.hear(port, message) };
    };
    return { page, looks, lines, hear: (event: LiveEvent) => lines.at(-1)?.hear(event) };
  }
  const kinds = (heard: ToPage[]) => heard.map(({ kind }) => kind);
  const each = (...bounds: number[]): FromPage => ({ kind: 'look', look: { kind: 'each', bounds } });

  it('is one connection, and looks at what all of them look at', () => {
    const { page, looks, lines } = exchange();
    const [one, other, third] = [page(), page(), page()];
    one.say(each(1, 2, 3, 4));
    other.say(each(5, 6, 7, 8));
    third.say({ kind: 'look', look: { kind: 'counted', level: 'grid' } });
    third.say({ kind: 'look', look: { kind: 'counted', level: 'grid' } });
    expect(lines).toHaveLength(1);
    expect(looks.at(-1)).toEqual({ bounds: '1,2,3,4;5,6,7,8', counts: 'grid' });
    expect(looks).toHaveLength(3);
  });

  it('ends with the last page, and begins anew with the next', () => {
    const { page, lines } = exchange();
    const [one, other] = [page(), page()];
    one.say({ kind: 'leave' });
    expect(lines[0]?.ended).toBe(false);
    other.say({ kind: 'leave' });
    expect(lines[0]?.ended).toBe(true);
    page();
    expect(lines).toHaveLength(2);
  });

  it('tells facts to every page, and people to those that look', () => {
    const { page, hear } = exchange();
    const [near, far] = [page(), page()];
    near.say(each(1, 2, 3, 4));
    hear({ name: 'hello', data: hello });
    hear({ name: 'gone', data: { kind: 'case', id: 1, revision: 2 } });
    hear({ name: 'people', data: moved({ whole: true }) });
    expect(kinds(near.heard)).toEqual(['line', 'hello', 'fact', 'people']);
    expect(kinds(far.heard)).toEqual(['line', 'hello', 'fact']);
  });

  it('tells a page that comes later what the others know, with the true ages', () => {
    const { page, hear } = exchange();
    const first = page();
    first.say(each(1, 2, 3, 4));
    hear({ name: 'hello', data: hello });
    hear({ name: 'people', data: moved({ whole: true, put: [[5, 1, 1, 0, 0, 0, 20]], groups: [] }) });
    hear({ name: 'people', data: moved({ at_ms: 70_000, put: [[6, 1, 1, 0, 0, 0, 0]] }) });
    const second = page();
    expect(kinds(second.heard)).toEqual(['line', 'hello']);
    second.say(each(1, 2, 3, 4));
    const told = second.heard.at(-1);
    expect(told).toMatchObject({ kind: 'people', people: { whole: true, at_ms: 70_000 } });
    expect(told?.kind === 'people' && told.people.put).toEqual([
      [5, 1, 1, 0, 0, 0, 80],
      [6, 1, 1, 0, 0, 0, 0],
    ]);
  });
});
