/** Who can be there first: does a commander see it, understand it, and send the right one? */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import * as journey from './browser.mjs';
import { ask, city, core, tell } from './cities.mjs';
import { everybodyAbout, first, scene } from './scene.mjs';

const { zh, patienceMs } = journey;
const timeout = patienceMs * 3;
const skip = city.peopled ? false : `nobody lives in ${city.name}`;

let at;
const one = journey.windows();
const start = (options) => one.start(options);

before(async () => {
  if (skip) return;
  assert.ok((await everybodyAbout()) > 1, 'several are on duty');
  at = await scene('gate').catch(() => scene('street'));
});
afterEach(() => one.end());
after(() => one.close());

const link = (zoom, { lon, lat }, rest = '') => `#map=${zoom}/${lat}/${lon}${rest}`;
const rows = (page) => page.locator('.first li[data-responder]');
const listed = (page) =>
  rows(page).evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-responder'))));

/** Opens the map at the hazard and clicks it. */
async function clickHazard(page) {
  await journey.open(page, link(16.5, at.place));
  await journey.shows(page, 'hazards');
  const { x, y } = await journey.pointOf(page, at.place);
  await page.mouse.click(x, y);
  await page.getByRole('heading', { name: zh.first }).waitFor();
  await rows(page).first().waitFor();
}

/** The way that the map was given to draw; evaluated in the page. */
const wayGiven = () => JSON.stringify(window.__map.getSource('candidate-way').serialize().data);
const givenAnother = (before) =>
  JSON.stringify(window.__map.getSource('candidate-way').serialize().data) !== before;

describe('who can be there first', { timeout, skip }, () => {
  it('is named by a click on the hazard, with the way and the reasons', async () => {
    const page = await start();
    await clickHazard(page);
    await journey.shows(page, 'candidate-way');
    await journey.idle(page);
    const { body } = await tell('/nearest-responders', { case: at.case, k: 10 });
    assert.deepEqual(
      await listed(page),
      body.candidates.map(({ responder }) => responder),
    );
    assert.equal(body.candidates[0].responder, at.before);
    assert.match(await rows(page).first().innerText(), /\d+ (秒|分 \d\d 秒)/);
    assert.ok((await journey.inkOf(page, ['candidate-way'])) > 100, 'the way is seen');
    const way = await page.evaluate(wayGiven);
    const other = body.candidates.findIndex(({ path }, rank) => rank > 0 && path !== null);
    if (other > 0) {
      await rows(page).nth(other).hover();
      await page.waitForFunction(givenAnother, way);
    }
    await page.locator('.first summary').click();
    await page.getByText(zh.reason_off_duty).first().waitFor();
    assert.deepEqual(await journey.barriers(page), []);
    await journey.shoot(page, `${city.name}-first-to-arrive`);
  });

  it('is another one once what lies on the way is closed, and the same again when it is open', async () => {
    const page = await start();
    const { lon, lat } = at.gate;
    await journey.open(page, link(17.5, at.gate, `&at=${lon},${lat}`));
    const words = at.closable === 'gate' ? zh.close_gate : zh.close_street;
    await page.getByRole('button', { name: words }).click();
    await page.getByRole('button', { name: zh.open_again }).waitFor();
    await journey.shows(page, 'closures');
    await journey.idle(page);
    await journey.shoot(page, `${city.name}-closed`);
    await clickHazard(page);
    assert.equal((await listed(page))[0], at.after);
    await journey.idle(page);
    await journey.shoot(page, `${city.name}-first-after-closing`);

    await journey.open(page, link(17.5, at.gate, `&at=${lon},${lat}`));
    await page.getByRole('button', { name: zh.open_again }).click();
    await page.getByRole('button', { name: zh.open_again }).waitFor({ state: 'detached' });
    await clickHazard(page);
    assert.equal((await listed(page))[0], at.before);
  });

  it('is sent once, is followed, and can be called back', async () => {
    const page = await start();
    await clickHazard(page);
    await rows(page).first().getByRole('button').click();
    await page.getByRole('heading', { name: zh.sent }).waitFor();
    assert.equal(await page.locator(`li[data-task][data-responder="${at.before}"]`).count(), 1);
    const { tasks } = await ask(`/tasks?case=${at.case}`);
    assert.deepEqual(
      tasks.map(({ responder, state }) => [responder, state]),
      [[at.before, 'sent']],
    );
    await journey.shows(page, 'sent-way');
    await journey.idle(page);
    assert.ok((await journey.inkOf(page, ['sent-way'])) > 50, 'the way still to go is seen');
    assert.deepEqual(await journey.barriers(page), []);
    await journey.shoot(page, `${city.name}-sent`);
    const [next] = await first({ place: at.place });
    assert.notEqual(next.responder, at.before, 'who is sent is busy');
    await page.getByRole('button', { name: zh.recall }).click();
    await rows(page).first().waitFor();
    assert.equal((await listed(page))[0], at.before);
  });

  it('whom another commander sent meanwhile is shown instead', async () => {
    const page = await start();
    await clickHazard(page);
    const { body } = await tell('/assignments', { case: at.case, responder: at.after });
    await rows(page)
      .first()
      .getByRole('button')
      .click({ timeout: 4000 })
      .catch(() => {});
    await page.locator(`li[data-task="${body.id}"][data-responder="${at.after}"]`).waitFor();
    one.watch.failed = one.watch.failed.filter((failed) => !failed.startsWith('409'));
    one.watch.faults = one.watch.faults.filter((fault) => !fault.includes('409'));
    await tell(`/tasks/${body.id}/steps`, { step: 'cancelled' });
  });
});

describe('the search', { timeout, skip }, () => {
  it('finds an area by its code and goes there', async () => {
    const page = await start();
    await journey.open(page, link(13, at.place));
    const { areas } = await ask('/areas?level=grid&limit=40');
    const area = areas.at(-1);
    const box = page.getByRole('combobox', { name: zh.search });
    await box.fill(area.code);
    const option = page.getByRole('option').first();
    await option.waitFor();
    assert.match(await option.innerText(), new RegExp(area.name));
    await journey.shoot(page, `${city.name}-search`);
    assert.deepEqual(await journey.barriers(page), []);
    await box.press('Enter');
    await journey.shows(page, 'asked-area', area.id);
    await journey.idle(page);
    const { lng, lat } = await page.evaluate(() => window.__map.getCenter());
    const [west, south, east, north] = area.bounds;
    assert.ok(west <= lng && lng <= east && south <= lat && lat <= north, 'the area is in the middle');
  });

  it('says when nothing is called so', async () => {
    const page = await start();
    await journey.open(page, link(13, at.place));
    await page.getByRole('combobox', { name: zh.search }).fill('没有这个地方xyz');
    await page.getByText(zh.search_nothing).waitFor();
  });
});

describe('people on duty', { timeout, skip }, () => {
  it('stand on the map by role, and can be hidden', async () => {
    const page = await start();
    await journey.open(page, link(14.5, await core()));
    await page.waitForFunction(() => window.__forces.people.length > 0);
    await journey.idle(page);
    const people = await page.evaluate(() => window.__forces.people);
    assert.ok(people.every(({ role, duty }) => role && duty));
    assert.ok((await journey.inkOf(page, ['people'])) > 50, 'they are seen');
    await journey.shoot(page, `${city.name}-people`);
    await page.getByRole('checkbox', { name: zh.layer_people }).uncheck();
    await page.waitForFunction(() => window.__forces.people.length === 0);
    assert.match(page.url(), /off=people/);
  });

  it('are there on a phone too, with who can be first', async () => {
    const page = await start({ size: journey.narrow });
    await journey.open(page, `#case=${at.case}`);
    await rows(page).first().waitFor();
    await journey.idle(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), 0);
    await journey.shoot(page, `${city.name}-phone-case`);
    assert.deepEqual(await journey.barriers(page), []);
  });
});
