// Looks at Tasklist as a person does. Start io.holdpoint.engine.access.TasklistPlayground, then:
//   npm install --no-save playwright-core && node src/test/browser/tasklist.mjs [folder for the pictures]
// BASE and CHROMIUM name another address and another browser.
import { chromium } from 'playwright-core';
import { mkdirSync } from 'node:fs';

const base = process.env.BASE ?? 'http://localhost:8080';
const pictures = process.argv[2] ?? 'target/browser';
mkdirSync(pictures, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu']
});

/** Logs in and hands over a page that shows the person's first filter. */
async function as(user) {
  const page = await (await browser.newContext({ viewport: { width: 1500, height: 1250 } })).newPage();
  page.on('pageerror', error => console.log('page error:', error.message));
  await page.goto(base);
  await page.fill('input[type=text]', user);
  await page.fill('input[type=password]', 'Holdpoint-1');
  await page.click('button[type=submit]');
  await page.waitForSelector('.tasks-list .task');
  return page;
}

async function open(page, text) {
  await page.click(`.tasks-list .task:has-text("${text}")`);
  await page.waitForSelector('.fjs-container .fjs-form-field');
}

const picture = (page, name) => page.screenshot({ path: `${pictures}/${name}.png` });

const clara = await as('clara');
await picture(clara, 'list');
await open(clara, 'S00042');
await picture(clara, 'decide');
await clara.click('button:has-text("Claim")');
await clara.waitForSelector('.claimed, button.remove-assignee, [ng-click*=unclaim]');
await clara.click('label:has-text("Reject")');
await clara.click('label:has-text("The risk is too high")');
await clara.fill('.fjs-form-field-textarea textarea', 'Third reminder without an answer.');
await picture(clara, 'decide-filled');
await clara.click('button:has-text("Complete")');
await clara.waitForFunction(() => !document.body.innerText.includes('S00042'));
await picture(clara, 'decided');
await open(clara, 'S00043');
await picture(clara, 'decide-changed');

const anna = await as('anna');
await open(anna, 'S00042');
await picture(anna, 'correct');

const ole = await as('ole');
await open(ole, 'Odoo refused');
await picture(ole, 'refusal');
await open(ole, 'Odoo unreachable');
await ole.click('button:has-text("Claim")');
await ole.click('label:has-text("It was done by hand")');
await ole.click('button:has-text("Complete")');
await ole.waitForSelector('.page-notifications .alert');
await picture(ole, 'recover');
console.log('A refusal reads:', await ole.innerText('.page-notifications'));

await browser.close();
