/**
 * Draws the diagram of a process from its grid, into the model and as a picture.
 *
 *   node layout.mjs <slug>
 *
 * Only the diagram in processes/<slug>.bpmn is replaced; every character before it stays as it is.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { BpmnModdle } from 'bpmn-moddle';
import { outsideTexts, place, toInterchange } from './gridlayout.mjs';
import { complaints, crossings } from './look.mjs';
import { openViewer } from './render.mjs';

const PIXELS_PER_UNIT = 1.5;

const slug = process.argv[2] ?? fail('usage: node layout.mjs <slug>');
const here = file => new URL(file, import.meta.url);
const model = here(`../../processes/${slug}.bpmn`);
const xml = await readFile(model, 'utf8');
const grid = JSON.parse(await readFile(here(`${slug}.grid.json`), 'utf8'));
const { rootElement } = await new BpmnModdle().fromXML(xml);
const bpmnProcess = rootElement.rootElements.find(element => element.$type === 'bpmn:Process');

const viewer = await openViewer();
try {
  const drawing = place(bpmnProcess, grid, await viewer.measure(outsideTexts(bpmnProcess)));
  const drawn = xml.replace(/^ *<bpmndi:BPMNDiagram[^]*<\/bpmndi:BPMNDiagram>\n/m, '')
    .replace(/<\/bpmn:definitions>\s*$/, end => toInterchange(bpmnProcess, drawing) + end);
  const png = await viewer.draw(drawn, PIXELS_PER_UNIT);
  await writeFile(model, drawn);
  await writeFile(here(`../../docs/images/${slug}.png`), png);
  for (const crossing of crossings(drawing)) console.log(crossing);
  for (const complaint of complaints(drawing)) {
    console.error(complaint);
    process.exitCode = 1;
  }
} finally {
  await viewer.close();
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
