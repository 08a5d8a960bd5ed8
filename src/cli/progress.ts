/**
 * Shows what happens while an app comes up: on a terminal one block that says what is done, what is waited for and why,
 * elsewhere a line at each phase and every few seconds.
 */
import { formatDuration } from '../core/duration.ts';
import { eventText, type Host, type SlipwayEvent } from '../core/events.ts';
import type { Terminal } from './terminal.ts';

interface Progress extends Host {
  /** Clears the block, until something else begins. */
  done(): void;
  /** Whether something was asked of CloudFormation. */
  began(): boolean;
}

interface Pending {
  readonly type: string;
  readonly since: number;
  /** What it waits for, where the engine says so. */
  readonly reason?: string;
}

interface Stack {
  readonly name: string;
  readonly resources?: number;
  readonly finished: Set<string>;
  readonly pending: Map<string, Pending>;
}

/** Where lines cannot be drawn again. */
const plainMs = 5000;

const frames = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'];

export function createProgress(
  terminal: Terminal,
  options: { readonly live: boolean; readonly verbose: boolean },
): Progress {
  const live = options.live && terminal.redraws;
  const started = performance.now();
  let phase = { text: 'starting', since: started };
  let said = '';
  let stack: Stack | undefined;
  let begun = false;

  let shown: { end(): void } | undefined;
  const show = () => {
    shown ??= live
      ? terminal.live(() => [`${frameAt(started)} ${headline(phase, stack)}`, ...details(stack, said)])
      : everyFewSeconds(() => terminal.note([headline(phase, stack), ...details(stack, said)].join('\n')));
  };
  const enter = (event: SlipwayEvent) => {
    phase = { text: eventText(event), since: performance.now() };
    said = '';
    if (!live) terminal.note(phase.text);
    show();
  };
  show();

  const notify = (event: SlipwayEvent) => {
    switch (event.name) {
      case 'synth.output':
        said = eventText(event).split('\n').at(-1) ?? '';
        if (options.verbose) terminal.note(eventText(event));
        return;
      case 'image.output':
        said = event.data.text;
        if (options.verbose) terminal.note(eventText(event));
        return;
      case 'image.step':
        if (!event.data.cached) enter(event);
        return;
      case 'asset.published':
        phase = { ...phase, text: eventText(event) };
        return;
      case 'synth.build':
      case 'synth.started':
        return enter(event);
      case 'stack.deploy.started': {
        const { stackName, resources } = event.data;
        begun = true;
        stack = {
          name: stackName,
          finished: new Set(),
          pending: new Map(),
          ...(resources === undefined ? {} : { resources }),
        };
        return enter(event);
      }
      case 'stack.event': {
        const { logicalId, type, status, reason = '' } = event.data;
        if (status.endsWith('_FAILED')) {
          // The ones that were only cancelled say nothing about the cause.
          if (!/cancelled/i.test(reason))
            terminal.note(`  ${terminal.red(status)} ${logicalId} (${type}): ${reason}`);
        }
        if (stack && logicalId !== stack.name) follow(stack, logicalId, type, status, reason);
      }
    }
  };
  return {
    notify,
    began: () => begun,
    done() {
      shown?.end();
      shown = undefined;
    },
  };
}

function everyFewSeconds(print: () => void): { end(): void } {
  const timer = setInterval(print, plainMs);
  timer.unref();
  return { end: () => clearInterval(timer) };
}

function follow(stack: Stack, logicalId: string, type: string, status: string, reason: string): void {
  if (!status.endsWith('_IN_PROGRESS')) {
    stack.pending.delete(logicalId);
    if (status.endsWith('_COMPLETE')) stack.finished.add(logicalId);
    return;
  }
  const before = stack.pending.get(logicalId);
  const says = /^Resource \w+ Initiated$/i.test(reason) ? undefined : reason || before?.reason;
  stack.pending.set(logicalId, {
    type,
    since: before?.since ?? performance.now(),
    ...(says === undefined ? {} : { reason: says }),
  });
}

const frameAt = (started: number): string =>
  frames[Math.floor((performance.now() - started) / 150) % frames.length] ?? '';

const elapsed = (since: number): string => formatDuration(Math.floor((performance.now() - since) / 1000));

function headline(
  phase: { readonly text: string; readonly since: number },
  stack: Stack | undefined,
): string {
  if (!stack) return `${phase.text}, ${elapsed(phase.since)}`;
  const done = Math.min(stack.finished.size, stack.resources ?? stack.finished.size);
  const of = stack.resources === undefined ? '' : ` of ${stack.resources}`;
  return `${stack.name}: ${done}${of} resources, ${elapsed(phase.since)}`;
}

/** What has taken longest first: the rest waits for it, or will not be noticed beside it. */
function details(stack: Stack | undefined, said: string): string[] {
  if (!stack) return said ? [`  ${said}`] : [];
  const pending = [...stack.pending].sort(([, a], [, b]) => a.since - b.since);
  const shown = pending.slice(0, 3).map(([logicalId, { type, since, reason }]) => {
    const why = reason ? `: ${reason}` : '';
    return `  waiting ${elapsed(since)} for ${logicalId} (${type})${why}`;
  });
  return pending.length > 3 ? [...shown, `  and for ${pending.length - 3} more`] : shown;
}
