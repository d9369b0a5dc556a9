/** Does the command page 指挥 do what a commander needs, in a real browser, against a real server? */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import * as journey from './browser.mjs';
import { ask, city, core, origin } from './cities.mjs';

const { en, zh, wide, narrow, patienceMs } = journey;
const timeout = patienceMs * 3;

let middle;
const one = journey.windows();
const start = (options) => one.start(options);

before(async () => {
  middle = await core();
});
afterEach(() => one.end());
after(() => one.close());

const link = (zoom, { lon, lat } = middle) => `#map=${zoom}/${lat}/${lon}`;
const report = (page) => page.getByRole('button', { name: zh.report_here });

/** Clicks a little beside the middle of the map, where no panel and no hazard is, and waits for the answer. */
async function askHere(page, { dx = -120, dy = 40 } = {}) {
  const { x, y } = await journey.pointOf(page, middle);
  const spots = [0, 70, -70, 140].map((aside) => ({ x: x + dx + aside, y: y + dy - aside / 2 }));
  const free = await page.evaluate((spots) => {
    const { left, top } = window.__map.getCanvas().getBoundingClientRect();
    const isFree = ({ x, y }) => {
      const [west, north, east, south] = [x - left - 12, y - top - 12, x - left + 12, y - top + 12];
      const around = [
        [west, north],
        [east, south],
      ];
      return window.__map.queryRenderedFeatures(around, { layers: ['hazards'] }).length === 0;
    };
    return spots.find(isFree);
  }, spots);
  assert.ok(free, 'there is a place without a hazard');
  await page.mouse.click(free.x, free.y);
  await page.getByRole('heading', { name: zh.near }).waitFor();
}

describe('the map', { timeout }, () => {
  it('draws what the city counts', async () => {
    const page = await start();
    await journey.open(page, link(16));
    const { counts } = await ask('/city');
    for (const [kind, least] of Object.entries(city.least)) {
      assert.ok(counts[kind] >= least, `${counts[kind]} ${kind} are fewer than ${least}`);
    }
    assert.ok((await journey.drawn(page, ['buildings'])).length >= (city.inView ?? 6), 'buildings are drawn');
    if (counts.roads > 0) {
      const streets = await journey.drawn(page, ['street-surfaces', 'street-paths']);
      assert.ok(streets.length > 5, 'streets are drawn');
    }
    assert.ok((await journey.inkOf(page, ['buildings'])) > 2000, 'buildings are seen');
    if (counts.grids > 0) {
      assert.ok((await journey.drawn(page, ['area-grid-border'])).length > 1, 'grids are drawn');
      assert.ok((await journey.inkOf(page, ['area-grid-border'])) > 100, 'grids are seen');
    }
    assert.ok(one.watch.tiles > 0, 'the watch sees what workers fetch');
    await journey.shoot(page, `${city.name}-z16`);
  });

  it('writes names in the script of the city, in our own type', async () => {
    const page = await start();
    await journey.open(page, link(15.6));
    const layers = await page.evaluate(() =>
      window.__map
        .getStyle()
        .layers.filter(({ id, type }) => type === 'symbol' && /names/.test(id))
        .map(({ id }) => id),
    );
    const names = (await journey.drawn(page, layers)).map(({ name }) => name);
    assert.ok(names.length > 0, 'names are placed');
    assert.ok(
      names.some((name) => city.script.test(name)),
      `${names.slice(0, 5)} are in the script`,
    );
    assert.ok((await journey.inkOf(page, layers)) > 200, 'names are seen');
    const faces = await page.evaluate(() =>
      [...document.fonts].map(({ family, status }) => `${family} ${status}`),
    );
    assert.ok(
      faces.some((face) => /^maplibre-gl.* loaded$/.test(face)),
      'the map draws with a font from the server',
    );
    assert.ok(
      faces.some((face) => /^"?Noto Sans SC"? loaded$/.test(face)),
      'and so does the page',
    );
  });

  for (const zoom of [10, 11.5, 13, 14.5, 17.5]) {
    it(`is drawn at zoom ${zoom}`, async () => {
      const page = await start();
      await journey.open(page, link(zoom));
      const layers = ['area-district-ground', 'street-surfaces', 'buildings', 'area-street-border'];
      assert.ok((await journey.drawn(page, layers)).length > 0);
      await journey.shoot(page, `${city.name}-z${zoom}`);
    });
  }

  it('shows the whole city first', async () => {
    const page = await start();
    await journey.open(page);
    const { bounds, name } = await ask('/city');
    const [west, south, east, north] = await page.evaluate(() => window.__map.getBounds().toArray().flat());
    assert.ok(west <= bounds[0] && south <= bounds[1] && east >= bounds[2] && north >= bounds[3]);
    if (name) await page.getByRole('heading', { level: 1, name }).waitFor();
    await journey.shoot(page, `${city.name}-first`);
  });

  it('keeps in its link which layers are off', async () => {
    const page = await start();
    await journey.open(page, `${link(16)}&off=buildings`);
    assert.equal((await journey.drawn(page, ['buildings'])).length, 0);
    await page.getByRole('checkbox', { name: zh.layer_buildings }).check();
    await page.waitForFunction(
      () => window.__map.queryRenderedFeatures({ layers: ['buildings'] }).length > 0,
    );
    await page.getByRole('checkbox', { name: zh.layer_streets }).uncheck();
    await page.waitForURL(/off=streets/);
    assert.match(page.url(), /#map=16\.00\//);
  });
});

describe('a click', { timeout }, () => {
  it('says where this is and what is near', async () => {
    const page = await start();
    await journey.open(page, link(16.5));
    await askHere(page);
    const shown = await page.locator('.place code').textContent();
    const [lon, lat] = shown.split(',').map(Number);
    const { areas } = await ask(`/locate?lon=${lon}&lat=${lat}`);
    assert.deepEqual(
      await page.locator('.answer ol .code').allTextContents(),
      areas.map(({ code }) => code),
    );
    const { results } = await ask(`/near?lon=${lon}&lat=${lat}&kinds=${city.named}&k=16&radius_m=1000`);
    const named = results.find(({ name }) => name);
    const listed = page.locator(`button[data-kind="${city.named}"]`);
    assert.match(await listed.first().textContent(), new RegExp(`${named.name}.*\\d (米|公里)`, 's'));
    await journey.shoot(page, `${city.name}-asked`);
    assert.deepEqual(await journey.barriers(page), []);
  });

  it('on something near goes there', async () => {
    const page = await start();
    await journey.open(page, link(16.5));
    await askHere(page);
    const before = page.url();
    await page.locator('button[data-kind]').last().click();
    await page.waitForFunction((before) => location.href !== before, before);
    await journey.idle(page);
    await report(page).waitFor();
  });

  it('is kept in the link, and Escape takes it back', async () => {
    const page = await start();
    await journey.open(page, link(16.5));
    await askHere(page);
    await page.waitForURL(/at=/);
    await page.reload();
    await report(page).waitFor();
    await journey.idle(page);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: zh.cases_newest }).waitFor();
    assert.doesNotMatch(page.url(), /at=/);
  });
});

describe('a report', { timeout }, () => {
  const text = `楼道里飞线充电，${process.pid}`;

  it('is acknowledged, and is at once a hazard on the map and a case in the list', async () => {
    const page = await start();
    await journey.open(page, link(16.5));
    const before = (await ask('/city')).counts;
    await askHere(page);
    await report(page).click();
    await page.getByLabel(zh.report_text).fill(text);
    await page.getByLabel(zh.report_category).selectOption('14');
    await page.getByRole('button', { name: zh.report_send, exact: true }).click();
    const number = Number(await page.locator('[data-number="case"]').textContent());
    assert.ok(number > 0);
    await page.waitForFunction(
      (number) =>
        window.__map
          .queryRenderedFeatures({ layers: ['hazards'] })
          .some(({ properties }) => properties.case === number),
      number,
    );
    await journey.idle(page);
    assert.ok((await journey.inkOf(page, ['hazards'])) > 100, 'the hazard is seen');
    await journey.shoot(page, `${city.name}-acknowledged`);
    await page.getByRole('button', { name: zh.close }).last().click();
    const listed = page.locator(`[data-case="${number}"]`);
    assert.match(await listed.textContent(), new RegExp(text));
    assert.equal((await ask('/city')).counts.hazards, before.hazards + 1);
    await journey.shoot(page, `${city.name}-cases`);
    await listed.click();
    await page.getByRole('heading', { name: zh.case_title, exact: true }).waitFor();
    await page.locator('aside').getByText(text).waitFor();
    assert.match(page.url(), new RegExp(`case=${number}`));
    assert.deepEqual(await journey.barriers(page), []);
  });

  it('that could not be sent is kept, and is registered once', async () => {
    const page = await start();
    await journey.open(page, link(16.5));
    const before = (await ask('/city')).counts;
    await askHere(page, { dx: 60, dy: -60 });
    await report(page).click();
    await page.getByLabel(zh.report_text).fill(`${text}，第二次`);
    await one.context.setOffline(true);
    await page.getByRole('button', { name: zh.report_send, exact: true }).click();
    await page.getByText(zh.report_kept).waitFor();
    await journey.shoot(page, `${city.name}-kept`);
    await one.context.setOffline(false);
    await page.getByRole('button', { name: zh.report_resend }).click();
    await page.locator('[data-number="case"]').waitFor();
    assert.equal((await ask('/city')).counts.cases, before.cases + 1);
    one.watch.faults = one.watch.faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'));
  });

  it('says what is missing', async () => {
    const page = await start();
    await journey.open(page, link(16.5));
    await askHere(page);
    await report(page).click();
    await page.getByRole('button', { name: zh.report_send, exact: true }).click();
    await page.getByText(zh.report_text_needed).waitFor();
    assert.deepEqual(await journey.barriers(page), []);
  });
});

describe('the reader', { timeout }, () => {
  it('switches to English without the map being drawn anew, and it stays English', async () => {
    const page = await start();
    await journey.open(page, link(16));
    await page.evaluate(() => (window.__map.before = true));
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: en.cases_newest }).waitFor();
    assert.equal(await page.evaluate(() => window.__map.before), true);
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    const words = await page.locator('.layers').innerText();
    assert.doesNotMatch(words, /\p{Script=Han}/u);
    await journey.idle(page);
    await journey.shoot(page, `${city.name}-english`);
    await page.reload();
    await page.getByRole('heading', { name: en.cases_newest }).waitFor();
  });

  it('needs no mouse', async () => {
    const page = await start();
    await journey.open(page, link(16.5));
    const focused = () => page.evaluate(() => document.activeElement?.tagName ?? '');
    const tabTo = async (tag) => {
      for (let presses = 0; presses < 12 && (await focused()) !== tag; presses += 1) {
        await page.keyboard.press('Tab');
      }
      assert.equal(await focused(), tag);
    };
    await tabTo('CANVAS');
    assert.equal(await page.locator('.cross').isVisible(), true, 'the cross says what Enter asks about');
    await page.keyboard.press('Enter');
    await report(page).waitFor();
    await journey.shoot(page, `${city.name}-keyboard`);
    assert.equal(await focused(), 'ASIDE', 'the answer is where the reader goes on');
    for (let presses = 0; presses < 6; presses += 1) {
      await page.keyboard.press('Tab');
      if (await report(page).evaluate((button) => button === document.activeElement)) break;
    }
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'report-text');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: zh.cases_newest }).waitFor();
    assert.equal(await focused(), 'CANVAS');
  });

  it('has a phone', async () => {
    const page = await start({ size: narrow });
    await journey.open(page, link(16.5));
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.equal(await overflow(), 0);
    await journey.shoot(page, `${city.name}-phone`);
    // Low on the map, where the sheet will come to lie.
    await page.touchscreen.tap(200, 640);
    await report(page).waitFor();
    await page.waitForTimeout(600);
    await journey.idle(page);
    const pin = await page.locator('.pin').boundingBox();
    const sheet = await page.locator('aside').boundingBox();
    assert.ok(pin.y + pin.height <= sheet.y, 'the sheet does not cover the place');
    await journey.shoot(page, `${city.name}-phone-asked`);
    await report(page).tap();
    await page.getByLabel(zh.report_text).waitFor();
    assert.equal(await overflow(), 0);
    const send = await page.getByRole('button', { name: zh.report_send, exact: true }).boundingBox();
    assert.ok(send.y + send.height <= narrow.height, 'the button is on the screen');
    await journey.shoot(page, `${city.name}-phone-report`);
    assert.deepEqual(await journey.barriers(page), []);
  });
});

describe('without a city or a server', { timeout }, () => {
  const counts = ['districts', 'streets', 'communities', 'grids', 'compounds', 'buildings', 'stations'];
  const none = {
    name: null,
    bounds: null,
    centre: null,
    counts: Object.fromEntries(
      [...counts, 'facilities', 'roads', 'hazards', 'cases'].map((kind) => [kind, 0]),
    ),
    attribution: '',
    version: '0',
  };

  it('the page says how to import one', async () => {
    const page = await start();
    await page.route('**/api/v1/city', (route) => route.fulfill({ json: none }));
    await page.goto(`${origin}/command/`);
    await page.getByText('gridward import osm FILE --store DIR').waitFor();
    await journey.shoot(page, 'empty');
    assert.deepEqual(await journey.barriers(page), []);
    await page.unroute('**/api/v1/city');
    await page.waitForFunction(() => window.__map?.loaded());
  });

  it('the page says so, and opens once the server is back', async () => {
    const page = await start({ size: wide });
    await page.route('**/api/v1/city', (route) => route.abort('connectionrefused'));
    await page.goto(`${origin}/command/`);
    await page.getByText(zh.server_gone).waitFor();
    await journey.shoot(page, 'gone');
    await page.unroute('**/api/v1/city');
    await page.getByRole('button', { name: zh.retry }).click();
    await page.waitForFunction(() => window.__map?.loaded());
    one.watch.faults = one.watch.faults.filter((fault) => !fault.includes('ERR_CONNECTION_REFUSED'));
  });
});
