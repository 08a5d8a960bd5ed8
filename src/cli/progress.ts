/** Shows what happens while a stack comes up: one moving line on a terminal, a line an event elsewhere. */
import type { Host, SlipwayEvent } from '../core/events.ts';
import type { Terminal } from './terminal.ts';

export interface Progress extends Host {
  /** Clears the moving line. */
  done(): void;
}

export function createProgress(
  terminal: Terminal,
  options: { readonly live: boolean; readonly verbose: boolean },
): Progress {
  const finished = new Set<string>();
  let shown = 0;
  const show = (text: string) => {
    if (!options.live) return terminal.note(text);
    const line = text.slice(0, (process.stderr.columns ?? 100) - 1);
    process.stderr.write(`\r${line.padEnd(shown)}`);
    shown = line.length;
  };
  const clear = () => {
    if (options.live && shown > 0) process.stderr.write(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  const notify = ({ name, data }: SlipwayEvent) => {
    switch (name) {
      case 'synth.build':
        return show(`building: ${String(data.command)}`);
      case 'synth.started':
        return show(`synthesizing: ${String(data.command)}`);
      case 'synth.output':
        if (options.verbose) {
          clear();
          terminal.note(String(data.text).trimEnd());
        }
        return;
      case 'asset.published':
        return show(`published ${String(data.name)}`);
      case 'stack.deploy.started':
        return show(`${data.update ? 'updating' : 'creating'} ${String(data.stackName)}`);
      case 'stack.event': {
        const status = String(data.status);
        const id = `${String(data.stackName)}/${String(data.logicalId)}`;
        // The ones that were only cancelled say nothing about the cause.
        if (status.endsWith('_FAILED') && /cancelled/i.test(String(data.reason))) return;
        if (status.endsWith('_FAILED')) {
          clear();
          terminal.note(
            `  ${terminal.red(status)} ${String(data.logicalId)} (${String(data.type)}): ${String(data.reason)}`,
          );
          return;
        }
        if (!status.endsWith('_COMPLETE')) return;
        finished.add(id);
        return show(
          `  ${terminal.green('✓')} ${String(finished.size).padStart(3)}  ${status}  ${String(data.type)}  ${String(data.logicalId)}`,
        );
      }
    }
  };
  return { notify, done: clear };
}
