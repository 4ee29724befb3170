/**
 * Draws a model as bpmn-js shows it, in a headless Chromium.
 *
 *   node render.mjs model.bpmn picture.png [pixelsPerUnit]
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const MARGIN = 20;

/** Opens bpmn-js in a browser. Whoever opens it closes it. */
export async function openViewer() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' });
  const page = await browser.newPage();
  await page.setContent('<div id="canvas" style="width:2000px;height:1500px"></div>');
  const script = import.meta.resolve('bpmn-js/dist/bpmn-viewer.production.min.js');
  await page.addScriptTag({ path: fileURLToPath(script) });
  await page.evaluate(() => { window.viewer = new BpmnJS({ container: '#canvas' }); });
  return {
    /** Sizes in pixels that bpmn-js gives to texts outside of shapes, by text. */
    measure: texts => page.evaluate(texts => {
      const renderer = viewer.get('textRenderer');
      const style = renderer.getExternalStyle();
      const lines = (text, width) => renderer.getDimensions(text, { box: { width, height: 30 }, style });
      const size = text => {
        const height = Math.ceil(lines(text, 90).height);
        // bpmn-js may break a text into more lines when the box is as narrow as the text.
        let width = Math.ceil(lines(text, 90).width);
        while (lines(text, width).height > height) width++;
        return { width, height };
      };
      return Object.fromEntries(texts.map(text => [text, size(text)]));
    }, texts),

    /** The model as PNG. Fails when bpmn-js warns about the model. */
    draw: async (xml, pixelsPerUnit = 1) => {
      const { svg, warnings } = await page.evaluate(async xml => {
        const { warnings } = await viewer.importXML(xml);
        return { svg: (await viewer.saveSVG()).svg, warnings: warnings.map(warning => warning.message) };
      }, xml);
      if (warnings.length) throw new Error(`bpmn-js warns: ${warnings.join('; ')}`);
      const [, , width, height] = /viewBox="([^"]+)"/.exec(svg)[1].split(' ').map(Number);
      const picture = await browser.newPage({
        viewport: { width: Math.ceil(width) + 2 * MARGIN, height: Math.ceil(height) + 2 * MARGIN },
        deviceScaleFactor: pixelsPerUnit,
      });
      const drawing = svg.slice(svg.indexOf('<svg'));
      await picture.setContent(`<body style="margin:${MARGIN}px;background:#fff">${drawing}</body>`);
      const png = await picture.screenshot();
      await picture.close();
      return png;
    },

    close: () => browser.close(),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [model, file, pixelsPerUnit] = process.argv.slice(2);
  const viewer = await openViewer();
  try {
    await writeFile(file, await viewer.draw(await readFile(model, 'utf8'), Number(pixelsPerUnit ?? 1)));
  } finally {
    await viewer.close();
  }
}
