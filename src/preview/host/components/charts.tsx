// BarChart and LineChart: a likeness of HubSpot's, drawn from the same data, axes and colours. Every value can be read
// without eyes for colour too: bars and points carry theirs in words.
import type { BarChartProps, ChartColor, ChartProps, LineChartProps } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';

const COLORS: Readonly<Record<ChartColor, string>> = {
  orange: '#ff8f59',
  aqua: '#51d3d9',
  purple: '#a58cf5',
  yellow: '#f5c26b',
  pink: '#ea90b1',
  blue: '#81c1fd',
  green: '#00bda5',
  darkOrange: '#e66e50',
  darkAqua: '#00a4bd',
  darkPurple: '#6a78d1',
  darkYellow: '#dbae60',
  darkPink: '#d2688d',
  darkBlue: '#516f90',
  darkGreen: '#00a38d',
};
const COLOR_ORDER = Object.keys(COLORS) as readonly ChartColor[];

type Row = Readonly<Record<string, number | string>>;

interface Point {
  readonly x: number | string;
  readonly y: number;
}

interface Series {
  /** Empty where the chart has only one. */
  readonly name: string;
  readonly color: string;
  readonly points: readonly Point[];
}

const rowsOf = ({ data }: ChartProps): readonly Row[] => (Array.isArray(data) ? data : data.data);

/** One for each value of the field that groups by colour. */
function seriesOf(props: ChartProps): readonly Series[] {
  const { x, y, options } = props.axes;
  const group = options?.groupFieldByColor;
  const order = [...(props.options?.colorList ?? []), ...COLOR_ORDER];
  const bySeries = Map.groupBy(rowsOf(props), (row) =>
    group === undefined ? '' : String(row[group] ?? ''),
  );
  return [...bySeries].map(([name, rows], index) => ({
    name,
    color: COLORS[options?.colors?.[name] ?? order[index % order.length] ?? 'orange'],
    points: rows.map((row) => ({ x: row[x.field] ?? '', y: Number(row[y.field] ?? 0) })),
  }));
}

const number = new Intl.NumberFormat('en');
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

function inWords(value: number | string, axis: ChartProps['axes']['x']): string {
  if (axis.fieldType === 'datetime') return moment.format(new Date(value));
  return typeof value === 'number' ? number.format(value) : value;
}

function Frame({
  chart,
  series,
  children,
}: {
  readonly chart: ChartProps;
  readonly series: readonly Series[];
  readonly children: ReactElement;
}): ReactElement {
  const { title, showLegend } = chart.options ?? {};
  return (
    <figure className="ui-chart">
      {title !== undefined && <figcaption className="ui-chart-title">{title}</figcaption>}
      {showLegend === true && (
        <ul className="ui-chart-legend">
          {series.map(({ name, color }) => (
            <li key={name}>
              <span className="ui-chart-swatch" style={{ background: color }} aria-hidden="true" />
              {name}
            </li>
          ))}
        </ul>
      )}
      {children}
    </figure>
  );
}

export function BarChart(props: BarChartProps): ReactElement {
  const series = seriesOf(props);
  const { x, y } = props.axes;
  const bars = series.flatMap(({ name, color, points }) =>
    points.map((point) => ({ name, color, ...point })),
  );
  const highest = Math.max(1, ...bars.map((bar) => bar.y));
  return (
    <Frame chart={props} series={series}>
      <ul className="ui-bars">
        {bars.map((bar) => (
          <li key={`${bar.name}~${bar.x}`} className="ui-bar-column">
            <span className="ui-bar-place">
              <span
                className="ui-bar"
                style={{ height: `${(bar.y / highest) * 100}%`, background: bar.color }}
                title={`${inWords(bar.x, x)}: ${inWords(bar.y, y)}`}
              >
                <span
                  className={props.options?.showDataLabels === true ? 'ui-bar-value' : 'ui-spoken'}
                >
                  {inWords(bar.y, y)}
                </span>
              </span>
            </span>
            <span className="ui-bar-label">{inWords(bar.x, x)}</span>
          </li>
        ))}
      </ul>
    </Frame>
  );
}

/** Of the drawing; it stretches to the width there is. */
const [WIDTH, HEIGHT] = [300, 100];

export function LineChart(props: LineChartProps): ReactElement {
  const series = seriesOf(props);
  const { x, y } = props.axes;
  const all = series.flatMap(({ points }) => points);
  const places = [...new Set(all.map((point) => point.x))];
  const times = places.map(Number);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const highest = Math.max(1, ...all.map((point) => point.y));
  const across = (value: number | string): number => {
    const share =
      x.fieldType === 'category'
        ? places.indexOf(value) / Math.max(1, places.length - 1)
        : (Number(value) - first) / Math.max(1, last - first);
    return share * WIDTH;
  };
  const [start = '', end = ''] = [places[0], places.at(-1)];
  return (
    <Frame chart={props} series={series}>
      <div className="ui-lines">
        <span className="ui-lines-most">{inWords(highest, y)}</span>
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${props.options?.title ?? y.label ?? y.field}: at most ${inWords(highest, y)}`}
        >
          {series.map(({ name, color, points }) => (
            <polyline
              key={name}
              fill="none"
              stroke={color}
              strokeWidth="2"
              vectorEffect="non-scaling-stroke"
              points={points
                .map((point) => `${across(point.x)},${HEIGHT - (point.y / highest) * HEIGHT}`)
                .join(' ')}
            />
          ))}
        </svg>
        <span className="ui-lines-ends">
          <span>{inWords(start, x)}</span>
          <span>{inWords(end, x)}</span>
        </span>
      </div>
    </Frame>
  );
}
