/**
 * Places a model on squared paper: one square is ten units of BPMN, and the grid says by hand where things lie.
 *
 *   at      id of a node -> [x, y] of its centre; a boundary event lies on the border of its activity
 *   size    id of a node -> [width, height], where it is not the usual size
 *   frame   id of an expanded sub-process -> [left, top, right, bottom]
 *   route   id of a flow -> the side it leaves, corners, the side it reaches: "bottom y=20 x=5 left".
 *           "y=20" runs on vertically to row 20, "x=5" horizontally to column 5; "left@7" docks at row 7 instead of the
 *           middle. Without a route a flow is a straight line and says so when it cannot be one.
 *   label   id -> where its text stands: a word (below, above, left, right, aboveLeft, aboveRight, belowLeft,
 *           belowRight) or [x, y] of its centre. Texts of nodes stand below, those of flows where the flow begins.
 */
const SQUARE = 10;
const ORIGIN = { x: 160, y: 80 };
const NODE_GAP = 5;
const CORNER_GAP = 8;
// Along the flow there is room for the mark of a default flow.
const FLOW_GAP = { along: 16, across: 4 };

/**
 * Positions of all nodes and flows of the process in units of BPMN.
 *
 * @param process the process as bpmn-moddle reads it
 * @param grid    the grid, see above
 * @param sizes   sizes of all outside texts, by text
 * @returns nodes and flows by id, each with its element and the bounds of its outside text, if any
 * @throws  when the grid does not fit the model, in words for the person who wrote the grid
 */
export function place(process, grid, sizes) {
  const elements = [...within(process)];
  refuseUnknown(grid, new Set(elements.map(element => element.id)));
  const nodes = new Map();
  const flows = new Map();
  for (const element of elements.filter(element => !isFlow(element))) {
    const node = { element, ...bounds(element, grid) };
    const where = grid.label?.[element.id] ?? 'below';
    if (hasOutsideText(element)) node.label = besideNode(node, sizes[element.name], where);
    nodes.set(element.id, node);
  }
  for (const element of elements.filter(isFlow)) {
    const points = route(element, nodes.get(element.sourceRef.id), nodes.get(element.targetRef.id), grid);
    const flow = { element, points };
    if (element.name) flow.label = besideFlow(points, sizes[element.name], grid.label?.[element.id]);
    flows.set(element.id, flow);
  }
  return moveToOrigin({ nodes, flows });
}

/** All texts of the process that stand outside of shapes. */
export function outsideTexts(process) {
  return [...within(process)].filter(hasOutsideText).map(element => element.name);
}

/** The drawing as diagram interchange, to stand before the end of the definitions. */
export function toInterchange(process, { nodes, flows }) {
  const box = (indent, { x, y, width, height }) =>
    `${indent}<dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}" />\n`;
  const text = label => label
    ? `        <bpmndi:BPMNLabel>\n${box('          ', label)}        </bpmndi:BPMNLabel>\n` : '';
  const trait = element => {
    if (isFrame(element)) return ' isExpanded="true"';
    return element.$type === 'bpmn:ExclusiveGateway' ? ' isMarkerVisible="true"' : '';
  };
  const shapes = [...nodes.values()].map(({ element, label, ...bounds }) =>
    `      <bpmndi:BPMNShape id="${element.id}_di" bpmnElement="${element.id}"${trait(element)}>\n`
    + box('        ', bounds) + text(label) + '      </bpmndi:BPMNShape>\n');
  const edges = [...flows.values()].map(({ element, points, label }) =>
    `      <bpmndi:BPMNEdge id="${element.id}_di" bpmnElement="${element.id}">\n`
    + points.map(({ x, y }) => `        <di:waypoint x="${x}" y="${y}" />\n`).join('') + text(label)
    + '      </bpmndi:BPMNEdge>\n');
  return '  <bpmndi:BPMNDiagram id="BPMNDiagram_1">\n'
    + `    <bpmndi:BPMNPlane id="BPMNPlane_1" bpmnElement="${process.id}">\n`
    + shapes.join('') + edges.join('') + '    </bpmndi:BPMNPlane>\n  </bpmndi:BPMNDiagram>\n';
}

const isFlow = element => element.$type === 'bpmn:SequenceFlow';
const isFrame = element => element.$type === 'bpmn:SubProcess';
const hasOutsideText = ({ $type, name }) => Boolean(name) && /(Event|Gateway|Flow)$/.test($type);

function* within(container) {
  for (const element of container.flowElements) {
    yield element;
    if (isFrame(element)) yield* within(element);
  }
}

function refuseUnknown(grid, ids) {
  for (const [part, entries] of Object.entries(grid)) {
    const unknown = Object.keys(entries).filter(id => !ids.has(id));
    if (unknown.length) throw new Error(`not in the model, but in the grid below "${part}": ${unknown.join(', ')}`);
  }
}

function bounds(element, grid) {
  if (isFrame(element)) {
    const [left, top, right, bottom] = inUnits(grid.frame?.[element.id], element, 'frame');
    return { x: left, y: top, width: right - left, height: bottom - top };
  }
  const [x, y] = inUnits(grid.at?.[element.id], element, 'at');
  const [width, height] = grid.size?.[element.id]?.map(units) ?? usualSize(element);
  return { x: x - width / 2, y: y - height / 2, width, height };
}

function usualSize({ $type }) {
  if ($type.endsWith('Event')) return [36, 36];
  return $type.endsWith('Gateway') ? [50, 50] : [100, 80];
}

function inUnits(squares, element, part) {
  if (!squares) throw new Error(`${element.id} has no place in the grid, below "${part}"`);
  return squares.map(units);
}

const units = squares => Math.round(squares * SQUARE);

function route(element, source, target, grid) {
  const steps = grid.route?.[element.id]?.split(' ');
  if (!steps) return straight(element, source, target);
  const points = [dock(steps[0], source, element)];
  for (const step of steps.slice(1, -1)) {
    const [, axis, squares] = /^([xy])=(-?[\d.]+)$/.exec(step) ?? refuse(element, step);
    points.push({ ...points.at(-1), [axis]: units(squares) });
  }
  const last = points.at(-1);
  const end = dock(steps.at(-1), target, element, last);
  const upright = /^(top|bottom)/.test(steps.at(-1));
  if (last.x !== end.x && last.y !== end.y) points.push(upright ? { x: end.x, y: last.y } : { x: last.x, y: end.y });
  return [...points, end];
}

function straight(element, source, target) {
  const [from, to] = [centre(source), centre(target)];
  const lineUp = { x: isFrame(target.element) || from.x === to.x, y: isFrame(target.element) || from.y === to.y };
  if (lineUp.y && source.x + source.width <= target.x) {
    return [dock('right', source, element), dock('left', target, element, from)];
  }
  if (lineUp.x && source.y + source.height <= target.y) {
    return [dock('bottom', source, element), dock('top', target, element, from)];
  }
  throw new Error(`${element.id} is not straight and needs a route`);
}

/** Where a flow touches a node: in the middle of a side, where the step says, or at a frame straight ahead. */
function dock(step, node, element, from) {
  const [, side, squares] = /^(top|bottom|left|right)(?:@(-?[\d.]+))?$/.exec(step) ?? refuse(element, step);
  const middle = isFrame(node.element) && from ? from : centre(node);
  const along = squares === undefined ? undefined : units(squares);
  switch (side) {
    case 'top': return { x: along ?? middle.x, y: node.y };
    case 'bottom': return { x: along ?? middle.x, y: node.y + node.height };
    case 'left': return { x: node.x, y: along ?? middle.y };
    default: return { x: node.x + node.width, y: along ?? middle.y };
  }
}

function refuse(element, step) {
  throw new Error(`the route of ${element.id} does not understand "${step}"`);
}

const centre = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });

function besideNode(node, size, where) {
  const { x, y } = centre(node);
  const right = node.x + node.width;
  const bottom = node.y + node.height;
  // A diamond leaves room in the corners of its bounds, a circle next to none.
  const inward = node.element.$type.endsWith('Gateway') ? CORNER_GAP : 0;
  const [toLeft, toRight] = [x - size.width - CORNER_GAP, x + CORNER_GAP];
  const [over, under] = [node.y - size.height + inward, bottom - inward];
  return labelBounds(size, where, {
    above: [x - size.width / 2, node.y - size.height - NODE_GAP],
    below: [x - size.width / 2, bottom + NODE_GAP],
    left: [node.x - size.width - NODE_GAP, y - size.height / 2],
    right: [right + NODE_GAP, y - size.height / 2],
    aboveLeft: [toLeft, over],
    aboveRight: [toRight, over],
    belowLeft: [toLeft, under],
    belowRight: [toRight, under],
  });
}

function besideFlow([start, next], size, where) {
  const { along, across } = FLOW_GAP;
  if (start.y === next.y) {
    const x = next.x > start.x ? start.x + along : start.x - along - size.width;
    const places = { above: [x, start.y - size.height - across], below: [x, start.y + across] };
    return labelBounds(size, where ?? 'above', places);
  }
  const y = next.y > start.y ? start.y + along : start.y - along - size.height;
  const places = { right: [start.x + across, y], left: [start.x - across - size.width, y] };
  return labelBounds(size, where ?? 'right', places);
}

function labelBounds({ width, height }, where, places) {
  const centred = Array.isArray(where) && [units(where[0]) - width / 2, units(where[1]) - height / 2];
  const [x, y] = centred || places[where] || [];
  if (x === undefined) throw new Error(`a text cannot stand "${where}", only ${Object.keys(places).join(', ')}`);
  return { x: Math.round(x), y: Math.round(y), width, height };
}

/** Tools differ in what they make of negative positions, so there are none. */
function moveToOrigin({ nodes, flows }) {
  const parts = [...nodes.values(), ...[...flows.values()].flatMap(flow => flow.points)];
  const dx = ORIGIN.x - Math.min(...parts.map(part => part.x));
  const dy = ORIGIN.y - Math.min(...parts.map(part => part.y));
  const move = part => part && { ...part, x: part.x + dx, y: part.y + dy };
  for (const [id, node] of nodes) nodes.set(id, { ...move(node), label: move(node.label) });
  for (const [id, flow] of flows) flows.set(id, { ...flow, points: flow.points.map(move), label: move(flow.label) });
  return { nodes, flows };
}
