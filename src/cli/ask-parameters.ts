/** Asks at the terminal for the parameters that a template needs and nobody gave. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { describeParameter } from '../api/check-app.ts';
import type { AskParameters } from '../api/deploy-target.ts';
import { SlipwayError } from '../core/errors.ts';
import type { Terminal } from './terminal.ts';

/** @returns undefined where nobody can answer */
export function askParameters(terminal: Terminal, before: () => void): AskParameters | undefined {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return undefined;
  return async (stackName, missing) => {
    before();
    terminal.note(`${terminal.bold(stackName)} has parameters without a value:`);
    const answers: Record<string, string> = {};
    for (const one of missing) {
      const question = `  ${describeParameter(one)}${one.noEcho ? ' (not shown)' : ''}: `;
      answers[one.name] = await answer(question, one.noEcho);
    }
    return answers;
  };
}

async function answer(question: string, hidden: boolean): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: process.stdin,
    output: hidden ? nowhere : process.stderr,
    terminal: true,
  });
  const interrupted = new AbortController();
  lines.once('SIGINT', () => interrupted.abort());
  lines.once('close', () => interrupted.abort());
  try {
    // The question is written above: readline writes it again with each key, and a hidden answer would hide it too.
    return await lines.question('', { signal: interrupted.signal });
  } catch (cause) {
    throw new SlipwayError('cli.usage', 'the parameters were not given', {
      fix: 'give them with --parameters NAME=VALUE or --parameters-file FILE',
      cause,
    });
  } finally {
    lines.close();
    if (hidden) process.stderr.write('\n');
  }
}
