/** A process that tries one app after another, told over IPC: what hangs or crashes ends with it, and nothing else. */
import type { OutsideApp } from './apps.ts';
import { assemblyOf } from './assembly.ts';
import type { Tried } from './outcome.ts';
import { tryApp } from './try-app.ts';

export interface Task {
  readonly app: OutsideApp;
  readonly folder: string;
}

process.on('message', (task: Task) => {
  void run(task).then((tried) => process.send?.(tried));
});
process.on('disconnect', () => process.exit());

async function run({ app, folder }: Task): Promise<Tried> {
  let target: string;
  try {
    target = await assemblyOf(app, folder);
  } catch (error) {
    return {
      result: 'not synthesized',
      blockers: [],
      why: error instanceof Error ? error.message : String(error),
    };
  }
  return tryApp(target);
}
