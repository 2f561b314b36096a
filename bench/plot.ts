// Cost growth as a drawing: one panel for each cost, sizes on a logarithmic axis, a line for each latency. SVG put
// together by hand; scales and lines are d3's.
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';

export interface Point {
  readonly people: number;
  readonly value: number;
}

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
}

export interface Panel {
  readonly title: string;
  readonly series: readonly Series[];
}

const PANEL = { width: 320, height: 240, left: 56, right: 40, top: 48, bottom: 36 };
const LEGEND_HEIGHT = 28;
/** Told apart by everybody (Okabe and Ito). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];
const TICKS = 4;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const shown = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(2)));

function panelOf({ title, series }: Panel, left: number, colourOf: (name: string) => string) {
  const points = series.flatMap(({ points: some }) => some);
  const sizes = [...new Set(points.map(({ people }) => people))].sort((a, b) => a - b);
  const x = scaleLog()
    .domain([sizes[0] ?? 1, Math.max(sizes.at(-1) ?? 10, (sizes[0] ?? 1) * 1.01)])
    .range([PANEL.left, PANEL.width - PANEL.right]);
  const y = scaleLinear()
    .domain([0, Math.max(...points.map(({ value }) => value), 1e-9)])
    .nice(TICKS)
    .range([PANEL.height - PANEL.bottom, PANEL.top]);
  const path = line<Point>(
    ({ people }) => x(people),
    ({ value }) => y(value),
  );
  const axis = y.ticks(TICKS).map((tick) => {
    const at = y(tick).toFixed(1);
    return `<line x1="${PANEL.left}" x2="${PANEL.width - PANEL.right}" y1="${at}" y2="${at}" stroke="#ddd"/><text x="${PANEL.left - 6}" y="${at}" dy="0.35em" text-anchor="end">${shown(tick)}</text>`;
  });
  const labels = sizes.map(
    (size) =>
      `<text x="${x(size).toFixed(1)}" y="${PANEL.height - PANEL.bottom + 18}" text-anchor="middle">${size.toLocaleString('en-US')}</text>`,
  );
  const lines = series.map(({ name, points: some }) => {
    const dots = some.map(
      ({ people, value }) =>
        `<circle cx="${x(people).toFixed(1)}" cy="${y(value).toFixed(1)}" r="3.5" fill="${colourOf(name)}"><title>${escaped(name)}, ${people.toLocaleString('en-US')} people: ${shown(value)}</title></circle>`,
    );
    return `<path d="${path(some) ?? ''}" fill="none" stroke="${colourOf(name)}" stroke-width="2"/>${dots.join('')}`;
  });
  return `<g transform="translate(${left},0)"><text x="${PANEL.left}" y="24" font-weight="bold">${escaped(title)}</text>${[...axis, ...labels, ...lines].join('')}</g>`;
}

export function plot(panels: readonly Panel[]): string {
  const names = [...new Set(panels.flatMap(({ series }) => series.map(({ name }) => name)))];
  const colourOf = (name: string): string =>
    COLOURS[names.indexOf(name) % COLOURS.length] ?? '#000';
  const width = panels.length * PANEL.width;
  const height = PANEL.height + LEGEND_HEIGHT;
  const legend = names.map((name, place) => {
    const left = PANEL.left + place * 220;
    const y = PANEL.height + 8;
    return `<line x1="${left}" x2="${left + 24}" y1="${y}" y2="${y}" stroke="${colourOf(name)}" stroke-width="2"/><text x="${left + 30}" y="${y}" dy="0.35em">${escaped(name)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>${panels
    .map((panel, place) => panelOf(panel, place * PANEL.width, colourOf))
    .join('')}${legend.join('')}</svg>\n`;
}
