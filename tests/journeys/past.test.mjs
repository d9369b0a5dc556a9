/** The time line: does looking back show what was, unmistakably, and can nothing be done from there? */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import * as journey from './browser.mjs';
import { ask, city, core, tell } from './cities.mjs';

const { zh, patienceMs } = journey;
const timeout = patienceMs * 3;

const one = journey.windows();

let place;
before(async () => {
  place = await core();
});
afterEach(() => one.end());
after(() => one.close());

const link = (zoom, { lon, lat }, rest = '') => `#map=${zoom}/${lat}/${lon}${rest}`;
const banner = (page) => page.locator('[data-past=banner]');
const listed = (page, id) => page.locator(`aside [data-case="${id}"]`);
const live = (page) => page.locator('[data-live=live]').waitFor();
const line = (page) => page.getByRole('slider', { name: zh.time_line });

async function report() {
  const body = { channel: 'hotline', category: '14', text: '楼道里有人给电动车充电', place };
  const reply = await tell('/reports', body);
  assert.equal(reply.status, 201);
  return reply.body.case;
}

async function step(id, word) {
  const { status } = await tell(`/cases/${id}/steps`, { step: word, by: '王芳' });
  assert.equal(status, 200);
}

/** The next whole second, once it has begun: as exactly a link names a moment. */
async function moment() {
  const at = Math.ceil((Date.now() + 1) / 1000) * 1000;
  await new Promise((resolve) => setTimeout(resolve, at - Date.now() + 20));
  return { at, word: new Date(at + 8 * 3_600_000).toISOString().slice(0, 19) };
}

/** The cases of the hazards that the map shows of a moment. */
const hazardsThen = (page) =>
  page.evaluate(() =>
    window.__map
      .getSource('past')
      .serialize()
      .data.features.map(({ properties }) => properties.case),
  );

describe('the past', { timeout }, () => {
  it('is what was so, and nobody can be sent from there', async () => {
    const id = await report();
    const open = await moment();
    for (const word of ['acknowledged', 'handled', 'closed']) await step(id, word);
    const over = await moment();

    const page = await one.start();
    await journey.open(page, link(15, place, `&past=${open.word}`));
    await banner(page).getByText(zh.past_warning).waitFor();
    await listed(page, id).waitFor();
    assert.equal(await listed(page, id).locator('[data-state]').getAttribute('data-state'), 'received');
    const then = await ask(`/history?at=${new Date(open.at).toISOString()}`);
    assert.equal(await page.locator('[data-past=cases]').innerText(), then.open_cases.toLocaleString('en'));
    assert.ok((await hazardsThen(page)).includes(id), 'its hazard is on the map');
    await journey.shows(page, 'past-hazards');
    assert.equal(await page.locator('[data-live]').count(), 0, 'nothing calls itself live');
    assert.equal(await page.locator('[role=tab]', { hasText: zh.list_feed }).count(), 0);

    await listed(page, id).click();
    await page.getByText(zh.past_ended.split('{at}')[0]).waitFor();
    const words = await page.locator('body').innerText();
    for (const word of [zh.send, zh.report, zh.step_acknowledge]) {
      assert.ok(!words.split('\n').includes(word), `“${word}” is offered in the past`);
    }
    await journey.idle(page);
    const box = await page.locator('.maplibregl-canvas').boundingBox();
    await page.mouse.click(box.x + box.width * 0.4, box.y + box.height * 0.6);
    assert.ok(await banner(page).isVisible(), 'a click on the map asks about nothing');
    assert.equal(await page.locator('[data-past=cases]').count(), 1);
    assert.deepEqual(await journey.barriers(page), []);
    await journey.shoot(page, `${city.name}-past`);

    await page.evaluate((hash) => (location.hash = hash), link(15, place, `&past=${over.word}`));
    await listed(page, id).waitFor({ state: 'detached' });
    assert.ok(!(await hazardsThen(page)).includes(id), 'its hazard was cleared');
  });

  it('is scrubbed by the keyboard, stands still while things happen, and is left for now', async () => {
    const page = await one.start();
    await journey.open(page, link(15, place));
    await live(page);
    await line(page).focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await banner(page).waitFor();
    assert.match(page.url(), /past=\d{4}-\d\d-\d\dT/);
    await page.locator('[data-past=cases]').waitFor();
    const [shown, count] = [
      await line(page).inputValue(),
      await page.locator('[data-past=cases]').innerText(),
    ];
    const id = await report();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(await listed(page, id).count(), 0, 'what happens now is not in the past');
    assert.equal(await line(page).inputValue(), shown);
    assert.equal(await page.locator('[data-past=cases]').innerText(), count);

    await page.getByRole('button', { name: zh.past_leave }).click();
    await banner(page).waitFor({ state: 'detached' });
    await live(page);
    await listed(page, id).waitFor();
    await journey.shows(page, 'hazards');
    assert.doesNotMatch(page.url(), /past=/);

    await line(page).focus();
    await page.keyboard.press('ArrowLeft');
    await banner(page).waitFor();
    await page.keyboard.press('Escape');
    await banner(page).waitFor({ state: 'detached' });
    await line(page).focus();
    await page.keyboard.press('Home');
    await banner(page).waitFor();
    await page.keyboard.press('End');
    await banner(page).waitFor({ state: 'detached' });
  });

  it('tells of coverage by the patrols that had ended then, and is looked at on a phone', async () => {
    const page = await one.start({ size: journey.narrow });
    const { word } = await moment();
    await journey.open(page, link(14, place, `&list=coverage&level=grid&past=${word}`));
    await banner(page).waitFor();
    await page.getByRole('tab', { name: zh.list_coverage }).click();
    await page.getByText(zh.past_coverage.split('{at}')[0]).first().waitFor();
    assert.deepEqual(await journey.barriers(page), []);
    await journey.shoot(page, `${city.name}-past-phone`);
  });
});
