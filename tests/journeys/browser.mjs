/**
 * A browser that watches itself: whatever a page or one of its workers asks of another machine, and whatever goes wrong
 * in it, is kept and makes the journey fail.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { origin } from './cities.mjs';

const webPackage = new URL('../../web/package.json', import.meta.url);
const require = createRequire(webPackage);
const { chromium } = require('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const words = (language) =>
  JSON.parse(readFileSync(new URL(`src/words/${language}.json`, webPackage), 'utf8'));
export const zh = words('zh');
export const en = words('en');

const shots = new URL('shots/', import.meta.url);
mkdirSync(shots, { recursive: true });

/** Generous: drawing is done by the processor, on machines that do other things as well. */
export const patienceMs = 60_000;

export const wide = { width: 1440, height: 900 };
export const narrow = { width: 390, height: 844 };

function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      // Other machines do not even have an address.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
  });
}

const here = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** A reader with a window of their own; `watch` tells what the window did. */
async function reader(browser, { size = wide, locale = 'zh-CN' } = {}) {
  const isPhone = size.width < 500;
  const context = await browser.newContext({
    viewport: size,
    locale,
    timezoneId: 'Asia/Shanghai',
    isMobile: isPhone,
    hasTouch: isPhone,
  });
  context.setDefaultTimeout(patienceMs);
  const watch = { outside: [], faults: [], failed: [], tiles: 0 };
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (!/^(http|ws)s?:$/.test(url.protocol)) return;
    if (!here.has(url.hostname)) watch.outside.push(request.url());
  });
  context.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (response.status() >= 400) watch.failed.push(`${response.status()} ${pathname}`);
    else if (/^\/api\/v1\/tiles\/\w+\/\d+\//.test(pathname)) watch.tiles += 1;
  });
  context.on('weberror', (error) => watch.faults.push(String(error.error())));
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') watch.faults.push(message.text());
  });
  const page = await context.newPage();
  return { context, page, watch };
}

/** A window of a journey: `start` opens one, `end` closes it and fails on whatever went outside or wrong meanwhile. */
export function windows() {
  let browser;
  let one;
  return {
    /** What the window that is open did. */
    get watch() {
      return one.watch;
    },
    get context() {
      return one.context;
    },
    async start(options = {}) {
      browser ??= await launch();
      one = await reader(browser, options);
      return one.page;
    },
    /** What was refused and complained of up to now was meant: the server was out of reach. */
    forgive() {
      one.watch.faults = [];
      one.watch.failed = [];
    },
    async end() {
      if (!one) return;
      const { context, watch } = one;
      await context.close();
      one = undefined;
      assert.deepEqual(watch.outside, [], 'nothing is loaded from another machine');
      assert.deepEqual(watch.faults, [], 'the browser had nothing to complain about');
      assert.deepEqual(watch.failed, [], 'no request was refused');
    },
    close: () => browser?.close(),
  };
}

/** Opens the page at an address and waits until the map has drawn all that it was asked for. */
export async function open(page, hash = '') {
  // Another address of the same page would only be followed, and the map still be on its way.
  if (page.url() !== 'about:blank') await page.goto('about:blank');
  await page.goto(`${origin}/command/${hash}`);
  await page.waitForFunction(() => window.__map?.isStyleLoaded());
  await idle(page);
}

/** Waits until nothing moves, loads or fades on the map, and has not for a moment. */
export async function idle(page) {
  await page.waitForFunction(async () => {
    const calm = () => window.__map.loaded() && window.__map.areTilesLoaded() && !window.__map.isMoving();
    if (!calm()) return false;
    await new Promise((resolve) => setTimeout(resolve, 500));
    return calm();
  });
}

/** The properties of what the map has drawn of some layers of its style, each feature once. */
export function drawn(page, layers) {
  return page.evaluate((layers) => {
    const found = window.__map.queryRenderedFeatures({ layers });
    const once = new Map(
      found.map((feature) => [
        `${feature.sourceLayer}/${feature.id}`,
        { id: feature.id, ...feature.properties },
      ]),
    );
    return [...once.values()];
  }, layers);
}

/** Waits until the map has drawn something of a layer; with an id, that very feature. */
export async function shows(page, layer, id = null) {
  await page.waitForFunction(
    ({ layer, id }) =>
      window.__map
        .queryRenderedFeatures({ layers: [layer] })
        .some((feature) => id === null || feature.id === id),
    { layer, id },
  );
}

/** How many pixels of the canvas change when some layers are hidden: what is drawn is seen, not merely known. */
export function inkOf(page, layers) {
  return page.evaluate(async (layers) => {
    const map = window.__map;
    const calm = () => new Promise((resolve) => map.once('idle', resolve));
    const pixels = () =>
      new Promise((resolve) => {
        map.once('render', () => {
          const { width, height } = map.getCanvas();
          const copy = new OffscreenCanvas(width, height).getContext('2d');
          copy.drawImage(map.getCanvas(), 0, 0);
          resolve(copy.getImageData(0, 0, width, height).data);
        });
        map.triggerRepaint();
      });
    const show = async (visibility) => {
      const settled = calm();
      for (const layer of layers) map.setLayoutProperty(layer, 'visibility', visibility);
      await settled;
    };
    const withInk = await pixels();
    await show('none');
    const without = await pixels();
    await show('visible');
    let changed = 0;
    for (let at = 0; at < withInk.length; at += 4) {
      const difference =
        Math.abs(withInk[at] - without[at]) +
        Math.abs(withInk[at + 1] - without[at + 1]) +
        Math.abs(withInk[at + 2] - without[at + 2]);
      if (difference > 24) changed += 1;
    }
    return changed;
  }, layers);
}

/** The point of the window, in CSS pixels, at which the map shows a place. */
export function pointOf(page, place) {
  return page.evaluate(({ lon, lat }) => {
    const { x, y } = window.__map.project([lon, lat]);
    const box = window.__map.getCanvas().getBoundingClientRect();
    return { x: x + box.left, y: y + box.top };
  }, place);
}

/** What a machine can find of barriers for people with a disability; only the serious ones. */
export async function barriers(page) {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  });
}

export function shoot(page, name) {
  return page.screenshot({ path: new URL(`${name}.png`, shots).pathname });
}
