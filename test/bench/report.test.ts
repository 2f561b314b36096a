// What the benchmark's figures stand for: the worst of what was measured, and nothing where nothing was.
import { expect, it } from 'vitest';
import { plot } from '../../bench/plot.ts';
import { summaryOf, type Row } from '../../bench/report.ts';

const row = (of: Partial<Row>): Row => ({
  kind: 'import',
  name: 'first import',
  people: 2_000,
  latencyMs: 20,
  records: 2_000,
  recordsPerSecond: 1_000,
  calls: 70,
  floor: 70,
  ratio: 1,
  terms: [],
  byEndpoint: {},
  writes: 20,
  standInsCpuSeconds: 1,
  seconds: 2,
  cpuSeconds: 1,
  peakRssMb: 300.4,
  bareSeconds: 1,
  bareCalls: 70,
  timeOverBareLoop: 2,
  speedupOverScript: 50,
  ...of,
});

const script = [
  { latencyMs: 20, people: 100, recordsPerSecond: 20 },
  { latencyMs: 0, people: 100, recordsPerSecond: 400 },
];
const machine = { cores: 2, node: 'v24', loadBefore: 0 };

it('takes the worst of every size, and the script at the larger latency', () => {
  const rows = [
    row({ ratio: 0.9, speedupOverScript: 60 }),
    row({ people: 5_000, ratio: 1.04, timeOverBareLoop: 1.2 }),
    row({ latencyMs: 0, timeOverBareLoop: 3, speedupOverScript: 5 }),
    row({ kind: 'quietLook', calls: 2, writes: 0, timeOverBareLoop: 9, speedupOverScript: null }),
    row({ kind: 'everythingAgain', writes: 1, timeOverBareLoop: null, speedupOverScript: null }),
  ];
  expect(summaryOf({ quick: true, machine, rows, script })).toMatchObject({
    callsOverFloor: 1.04,
    speedupOverScript: 50,
    speedupOverScriptByLatency: { '20 ms': 50, '0 ms': 5 },
    timeOverBareLoop: 3,
    noChangeWrites: 1,
    noChangeCalls: { 2_000: 2 },
  });
});

it('has no memory for sizes that were not run', () => {
  const small = summaryOf({ quick: true, machine, rows: [row({})], script });
  expect(small).toMatchObject({
    peakRssMb100k: null,
    peakRssMb1m: null,
    peakRssMb: { 2_000: 300 },
  });
  const rows = [row({ people: 100_000, peakRssMb: 480 }), row({ people: 100_000, peakRssMb: 490 })];
  expect(summaryOf({ quick: false, machine, rows, script })).toMatchObject({
    peakRssMb100k: 490,
    peakRssMb1m: null,
  });
});

it('draws a point for each size', () => {
  const points = [10_000, 100_000, 1_000_000].map((people) => ({ people, value: people / 100 }));
  const drawing = plot([{ title: 'Calls < floor', series: [{ name: '20 ms', points }] }]);
  expect(drawing.match(/<circle/g)).toHaveLength(3);
  expect(drawing).toContain('Calls &lt; floor');
  expect(drawing).toContain('1,000,000');
  expect(drawing).not.toContain('NaN');
});
