// Looks whether names that are scripts stay text in the demo's pages and in Tasklist. Start io.holdpoint.MarkupPlayground, then:
//   npm install --no-save playwright-core && node src/test/browser/markup.mjs [folder for the pictures]
// BASE and CHROMIUM name another address and another browser. Ends with 1 when something ran that must not.
import { chromium } from 'playwright-core';
import { mkdirSync } from 'node:fs';

const base = process.env.BASE ?? 'http://localhost:8080';
const pictures = process.argv[2] ?? 'target/browser';
const markup = '<script>alert(1)</script><img src=x onerror=alert(1)>';
mkdirSync(pictures, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync']
});
const findings = [];

async function open(path) {
  const page = await (await browser.newContext({ viewport: { width: 1500, height: 1400 } })).newPage();
  page.on('dialog', async dialog => {
    findings.push(`A script ran at ${page.url()}: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('console', message => {
    if (/Content Security Policy/.test(message.text())) {
      findings.push(`Refused at ${page.url()}: ${message.text()}`);
    }
  });
  page.on('pageerror', error => console.log('page error:', error.message));
  await page.goto(base + path);
  return page;
}

async function as(user, application) {
  const page = await open(`/camunda/app/${application}/default/`);
  await page.fill('input[type=text]', user);
  await page.fill('input[type=password]', 'Holdpoint-1');
  await page.click('button[type=submit]');
  return page;
}

/** The page shows the name as it was typed, and has made no element of it. */
async function look(page, name) {
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `${pictures}/markup-${name}.png` });
  const shown = await page.evaluate(() => document.body.innerText);
  const made = await page.locator('img[src=x], img[onerror]').count();
  console.log(`${name}: shown as text ${shown.split(markup).length - 1} times, elements made of it: ${made}`);
  if (made > 0 || !shown.includes(markup)) {
    findings.push(`${name} does not show the name as text.`);
  }
}

await look(await open('/demo/odoo'), 'orders');

const max = await as('max', 'tasklist');
await max.waitForSelector('.tasks-list .task');
await look(max, 'tasks');
await max.click('.tasks-list .task:has-text("alert(1)")');
await max.waitForSelector('.fjs-container .fjs-form-field');
await look(max, 'form');

await browser.close();
console.log(findings.length === 0 ? 'Nothing ran, nothing was made of it.' : findings.join('\n'));
process.exit(findings.length === 0 ? 0 : 1);
