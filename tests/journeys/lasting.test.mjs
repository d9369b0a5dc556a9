/**
 * A page that is left open all day: does it, or the server, grow? People walk twelve times as fast as in life, reports come in and are
 * closed, and the reader goes from list to list. Five minutes, or as many as LASTING_MINUTES says.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import * as journey from './browser.mjs';
import { ask, city, core, origin, tell } from './cities.mjs';

const { zh } = journey;
const minutes = Number(process.env.LASTING_MINUTES ?? 5);
const binary = process.env.GRIDWARD_BIN;
const server = process.env.GRIDWARD_PID;
const skip =
  city.name !== 'town'
    ? 'the town is enough'
    : binary && server
      ? false
      : 'GRIDWARD_BIN and GRIDWARD_PID name the program and the process of the server';

const people = 150;
const growthMax_mb = 20;
const warmUpMs = 60_000;
const reportEveryMs = 2_000;
const window_ = journey.windows();

let place;
let simulation;
before(async () => {
  place = await core();
});
after(async () => {
  await window_.close();
  if (!simulation) return;
  const over = simulation.exitCode ?? once(simulation, 'exit');
  simulation.kill();
  await over;
  // Whoever comes next finds the town as it was.
  const { patrols } = await ask('/patrols');
  for (const { id } of patrols) {
    const { status } = await tell(`/patrols/${id}/end`, {});
    assert.equal(status, 200);
  }
});

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What the server holds in memory, megabytes. */
function serverMb() {
  const status = readFileSync(`/proc/${server}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
}

/** What the page holds once everything that can be thrown away is, megabytes. */
async function pageMb(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 2 ** 20;
}

/** A report near the middle that is closed at once, so that the list does not grow: the log does. */
async function reportAndClose(number) {
  const at = { lon: place.lon + (number % 50) * 1e-5, lat: place.lat };
  const { status, body } = await tell('/reports', {
    channel: 'app',
    category: '14',
    text: `第 ${number} 次`,
    place: at,
  });
  assert.equal(status, 201);
  for (const step of ['acknowledged', 'handled', 'closed']) {
    const taken = await tell(`/cases/${body.case}/steps`, { step, by: '王芳' });
    assert.equal(taken.status, 200);
  }
}

describe('a page that is left open', { skip, timeout: (minutes + 4) * 60_000 }, () => {
  it('does not grow, and neither does its server', async (test) => {
    // At every hour enough people are about.
    for (let responder = 1; responder <= people; responder += 1) {
      const { status } = await tell('/patrols', { responder });
      assert.ok([201, 409].includes(status), `a patrol was answered with ${status}`);
    }
    const duty = ['--server', origin, '--people', String(people), '--patrols', '60', '--speed', '12'];
    simulation = spawn(binary, ['simulate', ...duty], { stdio: 'ignore' });
    const page = await window_.start();
    await journey.open(page, `#map=14.5/${place.lat}/${place.lon}`);
    await page.locator('[data-live=live]').waitFor();
    await page.waitForFunction(() => window.__forces.people.length > 20);

    const tabs = [zh.list_feed, zh.list_coverage, zh.list_cases];
    let number = 0;
    const live = async (ms) => {
      const end = Date.now() + ms;
      while (Date.now() < end) {
        await reportAndClose(number);
        if (number % 5 === 0) {
          const name = tabs[(number / 5) % tabs.length];
          await page.getByRole('tab', { name }).click();
        }
        number += 1;
        await pause(reportEveryMs);
      }
    };
    await live(warmUpMs);
    const before = { server: serverMb(), page: await pageMb(page) };
    await live(minutes * 60_000);
    const grown = { server: serverMb() - before.server, page: (await pageMb(page)) - before.page };
    const said = `server ${before.server.toFixed(0)} MB and ${grown.server.toFixed(1)} more, page ${before.page.toFixed(0)} MB and ${grown.page.toFixed(1)} more, after ${minutes} minutes and ${number} reports`;
    test.diagnostic(said);
    assert.equal(simulation.exitCode, null, 'people went on walking');
    assert.ok(grown.server < growthMax_mb && grown.page < growthMax_mb, said);
    await window_.end();
  });
});
