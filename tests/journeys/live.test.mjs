/** The living map: does what happens appear, everywhere, without a gap, and does a patrol fill its streets? */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import * as journey from './browser.mjs';
import { ask, city, core, tell } from './cities.mjs';
import { everybodyAbout } from './scene.mjs';
import { cable } from './wire.mjs';

const { zh, patienceMs } = journey;
const timeout = patienceMs * 3;
const skip = city.peopled ? false : `nobody lives in ${city.name}`;

const one = journey.windows();
const other = journey.windows();

let place;
before(async () => {
  place = await core();
  if (!skip) await everybodyAbout();
});
afterEach(async () => {
  await one.end();
  await other.end();
});
after(async () => {
  await one.close();
  await other.close();
});

const link = (zoom, { lon, lat }, rest = '') => `#map=${zoom}/${lat}/${lon}${rest}`;
const live = (page) => page.locator('[data-live=live]').waitFor();

async function report() {
  const body = { channel: 'hotline', category: '14', text: '楼道里堆放杂物', place };
  const reply = await tell('/reports', body);
  assert.equal(reply.status, 201);
  return reply.body.case;
}

const listed = (page, id) => page.locator(`a[data-case="${id}"]`);

describe('what happens', { timeout, skip }, () => {
  it('appears in every window at once, on the map, in the list and in the feed', async () => {
    const [near, far] = [await one.start(), await other.start()];
    await Promise.all([
      journey.open(near, link(16, place)),
      journey.open(far, link(16, place, '&list=feed')),
    ]);
    await Promise.all([live(near), live(far)]);
    const hazards = await near.locator('[data-count=hazards]').innerText();
    const id = await report();
    await listed(near, id).waitFor();
    await far.locator(`a[href*="case=${id}"]`).first().waitFor();
    await near.waitForFunction(
      (before) => document.querySelector('[data-count=hazards]').textContent !== before,
      hazards,
    );
    await journey.shoot(far, `${city.name}-feed`);
    assert.deepEqual(await journey.barriers(far), []);
  });

  it('is heard by all windows of one browser over one connection', async () => {
    const wire = await cable();
    const page = await one.start();
    const second = await one.context.newPage();
    try {
      for (const window of [page, second]) {
        await window.goto(`${wire.origin}/command/${link(16, place)}`);
        await live(window);
      }
      const id = await report();
      await Promise.all([listed(page, id).waitFor(), listed(second, id).waitFor()]);
      assert.equal(wire.count('GET /api/v1/live?'), 1, 'one stream for both windows');
    } finally {
      await one.end();
      await wire.end();
    }
  });

  it('is sent by one and seen by the other', async () => {
    const id = await report();
    const [sender, watcher] = [await one.start(), await other.start()];
    await Promise.all([journey.open(sender, `#case=${id}`), journey.open(watcher, `#case=${id}`)]);
    await Promise.all([live(sender), live(watcher)]);
    const rows = (page) => page.locator('.first li[data-responder]');
    await Promise.all([rows(sender).first().waitFor(), rows(watcher).first().waitFor()]);
    await rows(sender).first().getByRole('button').first().click();
    await watcher.getByRole('button', { name: zh.recall }).waitFor();
    await watcher.locator('[data-state=assigned]').first().waitFor();
  });

  it('is acknowledged by name, and everybody sees by whom', async () => {
    const id = await report();
    const [desk, watcher] = [await one.start(), await other.start()];
    await Promise.all([journey.open(desk, `#case=${id}`), journey.open(watcher, `#case=${id}`)]);
    await Promise.all([live(desk), live(watcher)]);
    const acknowledge = desk.getByRole('button', { name: zh.step_acknowledge, exact: true });
    await acknowledge.waitFor();
    assert.ok(await acknowledge.isDisabled(), 'nobody steps without a name');
    await desk.getByLabel(zh.step_by).fill('王芳');
    await acknowledge.click();
    await watcher.locator('[data-state=acknowledged]').first().waitFor();
    await watcher.getByText('王芳').waitFor();
    assert.deepEqual(await journey.barriers(watcher), []);
    await journey.shoot(watcher, `${city.name}-acknowledged-by`);
  });

  it('is acknowledged in the feed by whoever has given a name', async () => {
    const [desk, watcher] = [await one.start(), await other.start()];
    await journey.open(desk, link(16, place, '&list=feed'));
    await live(desk);
    const id = await report();
    await journey.open(watcher, `#case=${id}`);
    const item = desk.locator('.item', { has: desk.locator(`a[href*="case=${id}"]`) });
    const take = item.getByRole('button', { name: zh.step_acknowledge });
    await take.waitFor();
    await desk.getByLabel(zh.step_by).fill('');
    assert.ok(await take.isDisabled(), 'nobody takes anything up without a name');
    await desk.getByLabel(zh.step_by).fill('李敏');
    await take.click();
    await watcher.getByText('李敏').waitFor();
    await take.waitFor({ state: 'detached' });
    await item.getByText(zh.state_acknowledged).waitFor();
    assert.deepEqual(await journey.barriers(desk), []);
  });

  it('is pointed at in the list and on the map alike', async () => {
    const id = await report();
    const page = await one.start();
    await journey.open(page, link(17, place));
    await live(page);
    const ringed = () =>
      page.evaluate(() => window.__map.getSource('pointed').serialize().data.features.length);
    await listed(page, id).hover();
    await page.waitForFunction(
      () => window.__map.getSource('pointed').serialize().data.features.length === 1,
    );
    const { x, y } = await journey.pointOf(page, (await ask(`/cases/${id}`)).place);
    await page.mouse.move(x + 60, y + 60);
    await page.waitForFunction(
      () => window.__map.getSource('pointed').serialize().data.features.length === 0,
    );
    assert.equal(await ringed(), 0);
    await journey.shows(page, 'hazards');
    await page.mouse.move(x, y, { steps: 4 });
    await page.locator('a.pointed[data-case]').waitFor();
  });

  it('is somebody’s work, who is told of by role and never by name', async () => {
    const { shifts } = await ask('/shifts?limit=1000');
    const { responder } = shifts.find(({ role }) => role === 'grid_worker');
    // Beside the hazards, which lie above people.
    const stands = { lon: place.lon - 0.0012, lat: place.lat + 0.0007 };
    const fix = { sequence: 1e6, responder, ...stands, accuracy_m: 5, at_ms: Date.now() };
    const { body } = await tell('/positions', { device: 'pointed-at', fixes: [fix] });
    assert.deepEqual(body.refused, []);
    const page = await one.start();
    await journey.open(page, link(16, place));
    await live(page);
    await page.waitForFunction(
      ({ responder, x }) =>
        window.__forces.people.some((one) => one.responder === responder && Math.abs(one.x - x) < 1e-7),
      { responder, x: (stands.lon + 180) / 360 },
    );
    const { x, y } = await journey.pointOf(page, stands);
    await page.mouse.move(x - 50, y - 50);
    await page.mouse.move(x, y, { steps: 4 });
    const label = page.locator('[data-person]');
    await label.waitFor();
    const words = await label.innerText();
    const roles = ['grid_worker', 'watcher', 'mediator', 'expert', 'officer'].map(
      (role) => zh[`role_${role}`],
    );
    assert.ok(
      roles.some((role) => words.startsWith(role)),
      words,
    );
    await journey.shoot(page, `${city.name}-pointed-at`);
  });

  it('is not missed while the network is cut for 20 seconds', async () => {
    const wire = await cable();
    const page = await one.start();
    try {
      await page.goto(`${wire.origin}/command/${link(15, place)}`);
      await live(page);
      const before = await report();
      await listed(page, before).waitFor();
      wire.cut();
      await page.locator('[data-live=waiting]').waitFor();
      await journey.shoot(page, `${city.name}-cut-off`);
      const missed = [await report(), await report(), await report()];
      await new Promise((resolve) => setTimeout(resolve, 20_000));
      wire.mend();
      await live(page);
      for (const id of missed) await listed(page, id).waitFor();
      await page.getByRole('tab', { name: zh.list_feed }).click();
      for (const id of missed) await page.locator(`a[href*="case=${id}"]`).first().waitFor();
    } finally {
      one.forgive();
      await one.end();
      await wire.end();
    }
  });
});

/** A way of some hundred metres between two houses, as steps of somebody who walks it from now on. */
async function walk() {
  const { lon, lat } = place;
  const { results } = await ask(`/near?lon=${lon}&lat=${lat}&kinds=building&k=40&radius_m=3000`);
  for (const from of results) {
    for (const to of [...results].reverse()) {
      const { status, body } = await tell('/routes', { from: from.place, to: to.place, mode: 'foot' });
      if (status !== 200 || !body.path || body.path_m < 150) continue;
      return steps(body.path, Date.now());
    }
  }
  throw new Error('there is no way in this city');
}

const metres = ([lon, lat], [otherLon, otherLat]) =>
  Math.hypot((lon - otherLon) * 111_320 * Math.cos((lat * Math.PI) / 180), (lat - otherLat) * 111_320);

function steps(path, from_ms) {
  const found = [];
  let [begun, next] = [0, 0];
  for (let at = 1; at < path.length; at += 1) {
    const [a, b] = [path[at - 1], path[at]];
    const length = metres(a, b);
    for (; next <= begun + length && next < 340; next += 6.5) {
      const share = length > 0 ? (next - begun) / length : 0;
      found.push({
        sequence: found.length + 1,
        lon: a[0] + (b[0] - a[0]) * share,
        lat: a[1] + (b[1] - a[1]) * share,
        accuracy_m: 5,
        speed_m_s: 1.3,
        at_ms: Math.round(from_ms + (next / 1.3) * 1000),
      });
    }
    begun += length;
  }
  return found;
}

describe('a patrol', { timeout, skip }, () => {
  it('fills its streets while its fixes come: late, in parts, one part twice', async () => {
    const { shifts } = await ask('/shifts?limit=1000');
    const worker = shifts.find(({ role }) => role === 'grid_worker');
    const { body: patrol } = await tell('/patrols', { responder: worker.responder });
    const walked = await walk();
    const send = async (fixes) => {
      const { status, body } = await tell(`/patrols/${patrol.id}/fixes`, { device: 'journey', fixes });
      assert.equal(status, 200);
      return body.through;
    };
    const page = await one.start();
    await journey.open(page, link(16.5, walked[Math.floor(walked.length / 2)], `&patrol=${patrol.id}`));
    await page.getByText(zh.patrol_going).waitFor();
    await live(page);
    const half = Math.floor(walked.length / 2);
    assert.equal(await send(walked.slice(half)), 0);
    await journey.shows(page, 'stretches-certain');
    const certain = () =>
      page.evaluate(
        () =>
          window.__map
            .getSource('stretches')
            .serialize()
            .data.features.filter(({ properties }) => properties.proof === 'certain').length,
      );
    assert.ok((await certain()) > 0);
    assert.equal(await send(walked.slice(half)), 0);
    assert.equal(await send(walked.slice(0, half)), walked.length);
    const counted = zh.walked_counted.replace('{n}', walked.length).replace('{of}', walked.length);
    await page.getByText(counted).waitFor();
    await journey.idle(page);
    assert.ok((await journey.inkOf(page, ['stretches-certain'])) > 100, 'walked streets are seen');
    assert.deepEqual(await journey.barriers(page), []);
    await journey.shoot(page, `${city.name}-patrol`);
    const text = await page.locator('aside').innerText();
    assert.ok(text.includes(zh.no_trail));
    await tell(`/patrols/${patrol.id}/end`, {});
    await page.getByText(zh.patrol_ended).waitFor();
  });

  it('counts in the coverage of its area, beside how long others were not visited', async () => {
    const page = await one.start();
    await journey.open(page, link(14, place, '&list=coverage&level=grid'));
    const { areas } = await ask('/coverage?level=grid');
    await page.locator('[data-area]').first().waitFor();
    await journey.shows(page, 'coverage');
    const visited = areas.filter(({ visits }) => visits > 0).length;
    await page
      .getByText(zh.coverage_unvisited.replace('{n}', areas.length - visited).replace('{of}', areas.length))
      .waitFor();
    assert.deepEqual(await journey.barriers(page), []);
    await journey.idle(page);
    await journey.shoot(page, `${city.name}-coverage`);
    await page.locator('[data-area]').first().click();
    await page.waitForFunction(
      () => window.__map.getSource('stretches')?.serialize().data.features.length > 0,
    );
    assert.match(page.url(), /list=coverage&level=grid/);
    await page.reload();
    await page.locator('[data-area]').first().waitFor();
  });

  it('is reached by the keyboard alone', async () => {
    const page = await one.start();
    await journey.open(page, link(14, place));
    await page.getByRole('tab', { name: zh.list_cases }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.locator('[role=tab][aria-selected=true]', { hasText: zh.list_coverage }).waitFor();
    await page.locator('[data-area]').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () => window.__map.getSource('stretches')?.serialize().data.features.length > 0,
    );
  });
});

describe('by night', { timeout }, () => {
  it('page and map are dark, can be read, and stay so', async () => {
    const page = await one.start();
    await journey.open(page, link(15, place));
    const ground = () => page.evaluate(() => window.__map.getPaintProperty('ground', 'background-color'));
    const day = await ground();
    const view = page.url();
    await page.getByRole('button', { name: zh.theme_night }).click();
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'night');
    await page.waitForFunction(() => window.__map?.isStyleLoaded());
    await journey.idle(page);
    assert.notEqual(await ground(), day);
    assert.equal(page.url(), view, 'the view is the same');
    assert.deepEqual(await journey.barriers(page), []);
    await journey.shoot(page, `${city.name}-night`);
    await page.getByRole('tab', { name: zh.list_coverage }).click();
    await page.locator('[data-area]').first().waitFor();
    assert.deepEqual(await journey.barriers(page), []);
    await page.reload();
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'night');
  });
});
