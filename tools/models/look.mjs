/** What an eye would dislike about a drawing: things on top of each other, and lines that cross. */

/** Overlaps that the grid should avoid, one sentence each. */
export function complaints({ nodes, flows }) {
  const shapes = [...nodes.values()];
  const lines = [...flows.values()];
  const texts = [...shapes, ...lines].filter(part => part.label);
  return [
    ...shapes.filter(shape => hostOf(shape) && !onBorder(shape, hostOf(shape)))
      .map(shape => `${name(shape)} is not on the border of ${name(hostOf(shape))}`),
    ...shapes.filter(shape => frameOf(shape) && !hostOf(shape) && !inside(shape, frameOf(shape)))
      .map(shape => `${name(shape)} leaves ${name(frameOf(shape))}`),
    ...pairs(shapes).filter(([a, b]) => !related(a.element, b.element) && overlap(a, b))
      .map(([a, b]) => `${name(a)} lies on ${name(b)}`),
    ...lines.filter(line => segments(line).some(segment => segment.width && segment.height))
      .map(line => `${name(line)} runs askew`),
    ...lines.flatMap(line => shapes
      .filter(shape => strangers(line, shape) && segments(line).some(segment => overlap(segment, shape)))
      .map(shape => `${name(line)} runs over ${name(shape)}`)),
    ...pairs(texts).filter(([a, b]) => overlap(a.label, b.label))
      .map(([a, b]) => `the texts of ${name(a)} and ${name(b)} touch`),
    ...texts.flatMap(text => shapes
      .filter(shape => covers(shape, text.label) && !(shape.element.flowElements && inside(text.label, shape)))
      .map(shape => `the text of ${name(text)} lies on ${name(shape)}`)),
    ...texts.flatMap(text => lines
      .filter(line => segments(line).some(segment => overlap(text.label, segment)))
      .map(line => `the text of ${name(text)} lies on ${name(line)}`)),
  ];

  function hostOf(shape) {
    return nodes.get(shape.element.attachedToRef?.id);
  }

  function frameOf(shape) {
    return nodes.get(shape.element.$parent.id);
  }
}

/** Where two flows cross, one sentence each. */
export function crossings({ flows }) {
  return pairs([...flows.values()])
    .filter(([a, b]) => a.element.targetRef !== b.element.targetRef && a.element.sourceRef !== b.element.sourceRef)
    .filter(([a, b]) => segments(a).some(s => segments(b).some(t => touch(s, t))))
    .map(([a, b]) => `${name(a)} crosses ${name(b)}`);
}

const name = part => part.element.id;
const pairs = all => all.flatMap((a, index) => all.slice(index + 1).map(b => [a, b]));

const segments = ({ points }) => points.slice(1).map((end, index) => {
  const start = points[index];
  const [width, height] = [Math.abs(end.x - start.x), Math.abs(end.y - start.y)];
  return { x: Math.min(start.x, end.x), y: Math.min(start.y, end.y), width, height };
});

const right = box => box.x + box.width;
const bottom = box => box.y + box.height;
const touch = (a, b) => a.x <= right(b) && b.x <= right(a) && a.y <= bottom(b) && b.y <= bottom(a);
const overlap = (a, b) => a.x < right(b) && b.x < right(a) && a.y < bottom(b) && b.y < bottom(a);
const inside = (a, b) => a.x >= b.x && a.y >= b.y && right(a) <= right(b) && bottom(a) <= bottom(b);

/** Whether a shape, with its true outline, covers a part of the box. */
function covers(shape, box) {
  const halfWidth = shape.width / 2;
  const halfHeight = shape.height / 2;
  const nearest = (from, length, middle) => Math.abs(Math.min(Math.max(middle, from), from + length) - middle);
  const dx = nearest(box.x, box.width, shape.x + halfWidth) / halfWidth;
  const dy = nearest(box.y, box.height, shape.y + halfHeight) / halfHeight;
  if (shape.element.$type.endsWith('Gateway')) return dx + dy < 1;
  if (shape.element.$type.endsWith('Event')) return dx * dx + dy * dy < 1;
  return dx < 1 && dy < 1;
}

function onBorder(event, host) {
  const x = event.x + event.width / 2;
  const y = event.y + event.height / 2;
  const upright = (x === host.x || x === right(host)) && y > host.y && y < bottom(host);
  const level = (y === host.y || y === bottom(host)) && x > host.x && x < right(host);
  return upright || level;
}

/** A flow may touch what it joins, what it lies in, and the activity of the boundary event that it leaves. */
function strangers({ element }, shape) {
  const known = [element.sourceRef, element.targetRef, element.sourceRef.attachedToRef, ...ancestors(element)];
  return !known.includes(shape.element);
}

/** An element may lie on what contains it and on what it is attached to. */
function related(a, b) {
  return [...ancestors(a), a.attachedToRef].includes(b) || [...ancestors(b), b.attachedToRef].includes(a);
}

function* ancestors(element) {
  for (let parent = element.$parent; parent; parent = parent.$parent) yield parent;
}
