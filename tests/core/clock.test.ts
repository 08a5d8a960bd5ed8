/** What goes wrong in a timer is told with its owner's name; the timers after it run on. */
import { describe, expect, it, vi } from 'vitest';
import { type Clock, createClock } from '../../src/core/clock.ts';

const watched = () => {
  const failed = vi.fn();
  const clock = createClock({ watch: { failed, blocked: () => {} } });
  return { clock, owned: clock.ownedBy('the owner'), failed };
};

const kinds: readonly [string, (clock: Clock, task: () => unknown) => void][] = [
  ['after', (clock, task) => void clock.after(0, task)],
  ['afterReal', (clock, task) => void clock.afterReal(0, task)],
  ['every', (clock, task) => void clock.every(1, task)],
  ['soon', (clock, task) => clock.soon(task)],
];

const endings: readonly [string, () => unknown][] = [
  [
    'throws',
    () => {
      throw new Error('broken');
    },
  ],
  ['rejects', () => Promise.reject(new Error('broken'))],
];

describe.each(kinds)('%s', (_, start) => {
  it.each(endings)('tells of a task that %s', async (_ending, task) => {
    const { owned, failed } = watched();
    start(owned, task);
    await vi.waitFor(() => expect(failed).toHaveBeenCalled());
    expect(failed).toHaveBeenCalledWith(expect.objectContaining({ message: 'broken' }), 'the owner');
  });
});

it('repeats a task that fails, each time after its wait', async () => {
  const { clock, owned, failed } = watched();
  const times: number[] = [];
  const from = clock.now();
  const timer = owned.repeat(
    () => 60_000,
    () => {
      times.push(Math.round((clock.now() - from) / 60_000));
      throw new Error('broken');
    },
  );
  await clock.advance(180_000);
  timer.cancel();
  await clock.advance(180_000);
  expect(times).toEqual([1, 2, 3]);
  expect(failed).toHaveBeenCalledTimes(3);
});

it('tells who kept everything else waiting', async () => {
  const blocked = vi.fn();
  const clock = createClock({ watch: { failed: () => {}, blocked } });
  clock.ownedBy('slow').soon(() => {
    for (const until = performance.now() + 250; performance.now() < until; );
  });
  await vi.waitFor(() => expect(blocked).toHaveBeenCalledWith('slow', expect.any(Number)));
});
