/** Shows what happens while a stack comes up: one moving line on a terminal, a line an event elsewhere. */
import { eventText, type Host, type SlipwayEvent } from '../core/events.ts';
import type { Terminal } from './terminal.ts';

interface Progress extends Host {
  /** Clears the moving line. */
  done(): void;
  /** Whether something was asked of CloudFormation. */
  began(): boolean;
}

export function createProgress(
  terminal: Terminal,
  options: { readonly live: boolean; readonly verbose: boolean },
): Progress {
  const finished = new Set<string>();
  let shown = 0;
  let begun = false;
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
  const notify = (event: SlipwayEvent) => {
    begun ||= event.name === 'stack.deploy.started';
    switch (event.name) {
      case 'synth.output':
        if (options.verbose) {
          clear();
          terminal.note(eventText(event));
        }
        return;
      case 'synth.build':
      case 'synth.started':
      case 'asset.published':
      case 'stack.deploy.started':
        return show(eventText(event));
      case 'stack.event': {
        const { stackName, logicalId, type, status, reason = '' } = event.data;
        if (status.endsWith('_FAILED')) {
          // The ones that were only cancelled say nothing about the cause.
          if (/cancelled/i.test(reason)) return;
          clear();
          terminal.note(`  ${terminal.red(status)} ${logicalId} (${type}): ${reason}`);
          return;
        }
        if (!status.endsWith('_COMPLETE')) return;
        finished.add(`${stackName}/${logicalId}`);
        return show(
          `  ${terminal.green('✓')} ${String(finished.size).padStart(3)}  ${status}  ${type}  ${logicalId}`,
        );
      }
    }
  };
  return { notify, done: clear, began: () => begun };
}
