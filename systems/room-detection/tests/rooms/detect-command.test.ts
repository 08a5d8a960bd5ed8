import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { detectRooms, parsePlan } from '../../rooms/index.ts';

const folder = fileURLToPath(new URL('../../', import.meta.url));

function detect(args: readonly string[], input = ''): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', `${folder}scripts/detect.ts`, ...args],
    { input, encoding: 'utf8', cwd: folder, env: { ...process.env, INIT_CWD: folder } },
  );
  return { code: status, out: stdout, err: stderr };
}

interface Output {
  readonly rooms: readonly object[];
  readonly processing_time: number;
}

const samples: Readonly<
  Record<string, { readonly rooms: number; readonly area: number; readonly holes: number }>
> = {
  'courtyard.json': { rooms: 12, area: 320, holes: 1 },
  'hand-drawn.json': { rooms: 8, area: 584_000, holes: 0 },
  'irregular-angles.json': { rooms: 7, area: 147.22, holes: 0 },
  'l-shaped-flat.json': { rooms: 9, area: 99.52, holes: 0 },
  'office-50-rooms.json': { rooms: 50, area: 1440, holes: 0 },
  'rectangles.json': { rooms: 5, area: 80, holes: 0 },
};

describe('the sample plans', () => {
  it('are all known here', () => {
    expect(readdirSync(`${folder}samples`).sort()).toEqual(Object.keys(samples));
  });

  it.each(Object.entries(samples))('%s has the rooms that it shows', (name, expected) => {
    const found = detectRooms(parsePlan(JSON.parse(readFileSync(`${folder}samples/${name}`, 'utf8'))));
    expect(found.rooms_count).toBe(expected.rooms);
    expect(Math.abs(found.total_area / expected.area - 1)).toBeLessThan(0.001);
    expect(found.rooms.filter((r) => r.holes.length > 0)).toHaveLength(expected.holes);
    for (const room of found.rooms) expect(room.confidence).toBeGreaterThan(0.5);
  });
});

describe('detect', () => {
  it('prints the rooms of a plan file as JSON', () => {
    const { code, out, err } = detect(['samples/courtyard.json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const found: Output = JSON.parse(out);
    expect(found).toMatchObject({ rooms_count: 12, total_area: 320, confidence_score: 1 });
    expect(found.processing_time).toBeGreaterThan(0);
    expect(found.rooms).toHaveLength(12);
    for (const room of found.rooms) {
      expect(room).toMatchObject({ polygon: expect.any(Array), holes: expect.any(Array), confidence: 1 });
    }
  });

  it('reads a plan from standard input', () => {
    const { code, out } = detect(['-'], readFileSync(`${folder}samples/rectangles.json`, 'utf8'));
    expect(code).toBe(0);
    expect(out).toContain('"rooms_count":5');
  });

  it('takes a tolerance and a gap width', () => {
    const walls = [
      { type: 'line', start: [0, 0], end: [4, 0] },
      { type: 'line', start: [4, 0.1], end: [4, 3] },
      { type: 'line', start: [4, 3], end: [0, 3] },
      { type: 'line', start: [0, 3], end: [0, 1] },
    ];
    const plan = JSON.stringify({ walls });
    expect(detect(['-', '--tolerance', '0.2'], plan).out).toContain('"rooms_count":0');
    expect(detect(['-', '--tolerance', '0.2', '--bridge-gaps', '1'], plan).out).toContain('"rooms_count":1');
  });

  it.each([
    [
      'a plan that is wrong',
      ['-'],
      '{"walls":[{"type":"line","start":[0,0]}]}',
      1,
      'detect: walls[0].end: expected [x, y], got nothing\n',
    ],
    [
      'a number beyond all bounds',
      ['-'],
      '{"walls":[{"type":"line","start":[0,0],"end":[1e999,0]}]}',
      1,
      /^detect: walls\[0\]\.end\[0\]: .* got Infinity\n$/,
    ],
    ['what is no JSON', ['-'], '{"walls":', 1, /^detect: -: is not JSON: /],
    ['a file that is not there', ['nowhere.json'], '', 1, /^detect: nowhere\.json: cannot be read: ENOENT/],
    ['no file', [], '', 2, /^detect: no plan file given\n\nUsage: /],
    ['an unknown option', ['--colour', 'x.json'], '', 2, /^detect: Unknown option '--colour'/],
    [
      'a tolerance that is no number',
      ['-', '--tolerance', 'wide'],
      '',
      2,
      /^detect: --tolerance: expected a number of 0 or more, got wide\n/,
    ],
  ])('says what is wrong with %s', (_, args, input, code, message) => {
    const result = detect(args, input);
    expect(result.out).toBe('');
    expect(result.err).toMatch(message);
    expect(result.code).toBe(code);
  });

  it('explains itself', () => {
    const { code, out } = detect(['--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: npm run --silent detect -w room-detection -- /);
  });
});
