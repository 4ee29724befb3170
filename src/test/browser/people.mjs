// Uses Tasklist for several people, each in a window of their own, as it is told on standard input, one order a line:
//   {"do": "complete", "person": "clara", "now": 1778479500000, "task": "<id>", "entered": {"decision": "release"}}
//   {"do": "start", "person": "max", "now": 1778479500000, "process": "<name>", "entered": {"substitute": "clara"}}
// and answers each with {}, {"refused": "<what Tasklist says>"} or {"failed": "<why it could not be done>"}.
// WeekInTheBrowserTest starts it. BASE and CHROMIUM name another address and another browser, PICTURES another folder.
import { chromium } from 'playwright-core';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';

const base = process.env.BASE ?? 'http://localhost:8080';
const pictures = process.env.PICTURES ?? 'target/browser/week';
mkdirSync(pictures, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync']
});
const windows = new Map();
const OF_A_FORM = /\/(submit-form|complete|start)$/;
let pictured = 0;

/** The person's own window, at the hour of the story. */
async function windowOf(person, now) {
  let page = windows.get(person);
  if (!page) {
    const context = await browser.newContext({
      viewport: { width: 1500, height: 1250 }, locale: 'en-GB', timezoneId: 'Europe/Berlin'
    });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('pageerror', error => console.error(`page error, ${person}:`, error.message));
    page.on('response', response => {
      if (response.status() >= 400 && !response.url().includes('/admin/auth/')) {
        console.error(`${person}: ${response.status()} ${response.request().method()} ${response.url()}`);
      }
    });
    await page.clock.setFixedTime(now);
    await page.goto(base);
    await page.fill('input[type=text]', person);
    await page.fill('input[type=password]', 'Holdpoint-1');
    await press(page.locator('button[type=submit]'));
    await page.waitForSelector('.tasks-list');
    windows.set(person, page);
  }
  await page.clock.setFixedTime(now);
  return page;
}

/** Without a mouse, which not every machine that runs this has. */
async function press(element) {
  await element.first().waitFor({ state: 'visible' });
  await element.first().evaluate(button => button.click());
}

async function picture(page, name) {
  pictured++;
  await page.screenshot({ path: `${pictures}/${String(pictured).padStart(2, '0')}-${name}.png`, fullPage: true });
}

/** Fills one field of a form; of options, the one whose label begins with the value, or else has it in it. */
async function enter(page, form, key, value) {
  const field = form.locator(`.fjs-form-field:has([id$="Field_${key}"], [id*="Field_${key}-"])`).first();
  await field.waitFor({ state: 'visible' });
  const kind = await field.evaluate(element => (element.className.match(/fjs-form-field-(\w+)/) ?? [])[1]);
  if (kind === 'radio' || kind === 'checklist') {
    const labels = await field.locator('label:has(input)').allInnerTexts();
    const is = label => label.trim().toLowerCase();
    const wanted = String(value).toLowerCase();
    let chosen = labels.findIndex(label => is(label).startsWith(wanted));
    chosen = chosen < 0 ? labels.findIndex(label => is(label).includes(wanted)) : chosen;
    if (chosen < 0) {
      throw new Error(`No option ${value} of ${key} among: ${labels.join(' | ')}`);
    }
    await press(field.locator('label:has(input)').nth(chosen).locator('input'));
  } else if (kind === 'checkbox') {
    const box = field.locator('input[type=checkbox]');
    if (await box.isChecked() !== value) {
      await press(box);
    }
  } else if (kind === 'datetime') {
    const [year, month, day] = String(value).split('-');
    const input = field.locator('input').first();
    await input.fill(`${day}/${month}/${year}`);
    await input.press('Enter');
    await input.blur();
  } else {
    const input = field.locator('textarea, input').first();
    await input.fill(String(value));
    await input.blur();
  }
  // The form takes a field in with a delay.
  await page.waitForTimeout(500);
}

const said = async page => (await page.locator('.page-notifications .alert').allInnerTexts())
  .map(text => text.replace(/\s+/g, ' ').trim()).filter(text => text);

async function dismiss(page) {
  for (const close of await page.locator('.page-notifications .alert .close').all()) {
    await close.evaluate(button => button.click()).catch(() => {});
  }
}

/** Sends a form, and gives what Tasklist says where it was not taken. */
async function send(page, button, name) {
  await dismiss(page);
  const answered = page.waitForResponse(
    response => OF_A_FORM.test(new URL(response.url()).pathname), { timeout: 20_000 }).catch(() => {});
  await press(button);
  // What is missing in a form is said without asking anybody.
  const refused = page.waitForSelector('.page-notifications .alert-danger', { timeout: 20_000 }).catch(() => {});
  await Promise.race([answered, refused]);
  const response = await Promise.race([answered, page.waitForTimeout(500)]);
  if (response?.ok()) {
    await page.waitForTimeout(500);
    return {};
  }
  await page.waitForSelector('.page-notifications .alert');
  return refusal(page, name);
}

async function refusal(page, name) {
  await picture(page, `${name}-refused`);
  const words = (await said(page)).join(' / ');
  await dismiss(page);
  return { refused: words };
}

/** Afresh, as from a link in a mail. */
async function open(page, query) {
  for (let last = false; ; last = true) {
    await page.goto('about:blank');
    await page.goto(`${base}/camunda/app/tasklist/default/#/${query}`);
    try {
      await page.waitForSelector('.tasks-list', { timeout: 15_000 });
      return;
    } catch (error) {
      if (last) {
        throw error;
      }
      console.error('Tasklist did not open and is opened once more.');
    }
  }
}

async function complete(order) {
  const { person, task, entered } = order;
  const page = await windowOf(person, order.now);
  await open(page, `?task=${task}`);
  await page.waitForSelector('.fjs-container .fjs-form-field, .page-notifications .alert-danger');
  if (await page.locator('.page-notifications .alert-danger').count() > 0) {
    return refusal(page, person);
  }
  const claim = page.locator('button:has-text("Claim"), a:has-text("Claim")').filter({ hasNotText: 'Unclaim' });
  await page.waitForTimeout(500);
  if (await claim.count() > 0 && await claim.first().isVisible()) {
    await press(claim);
    await page.waitForTimeout(800);
    if (await page.locator('.page-notifications .alert-danger').count() > 0) {
      return refusal(page, person);
    }
    await page.waitForSelector('.fjs-container .fjs-form-field');
  }
  const container = page.locator('.fjs-container');
  for (const [key, value] of Object.entries(entered)) {
    await enter(page, container, key, value);
  }
  const title = (await page.locator('.task-details h2, .task-card h2, [cam-tasklist-task-meta] h2').first()
    .innerText().catch(() => task)).replace(/[^\w]+/g, '-').slice(0, 60);
  await picture(page, `${person}-${title}`);
  return send(page, page.locator('button:has-text("Complete")'), person);
}

async function start(order) {
  const { person, process: name, entered } = order;
  const page = await windowOf(person, order.now);
  await open(page, '');
  await press(page.locator('.start-process-action a, a:has-text("Start process")'));
  await press(page.locator('.modal-dialog a', { hasText: name }));
  const dialog = page.locator('.modal-dialog');
  await dialog.locator('.fjs-container').first().waitFor();
  for (const [key, value] of Object.entries(entered)) {
    await enter(page, dialog, key, value);
  }
  await picture(page, `${person}-${name.replace(/[^\w]+/g, '-')}`);
  return send(page, dialog.locator('button:has-text("Start")'), person);
}

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  let answer;
  try {
    answer = await (order.do === 'start' ? start : complete)(order);
  } catch (error) {
    const page = windows.get(order.person);
    if (page) {
      await picture(page, `${order.person}-failed`).catch(() => {});
    }
    answer = { failed: error.message };
  }
  console.log(JSON.stringify(answer));
}
await browser.close();
