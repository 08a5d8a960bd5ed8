/** What may stand where the cursor is: `name<TAB>what it is`, or `:files` where the shell's own files may. */
import { deployed } from '../../api/deployed.ts';
import { logGroups } from '../../api/read-logs.ts';
import type { FaultCount } from '../../local/edge/faults.ts';
import { services } from '../../local/services/registry.ts';
import { type Command, common, type Option, type Values, valuesAt } from '../command.ts';
import { defaultState, findRunning, type RunningCloud } from '../running.ts';

const files = ':files';

/** @param words what is typed after `slipway`; the last one is being typed and may be empty */
export async function candidates(words: readonly string[], commands: readonly Command[]): Promise<string[]> {
  const current = words.at(-1) ?? '';
  const typed = words.slice(0, -1);
  const [name] = typed;
  if (name === undefined) {
    const all = [
      ...commands.map((command) => line(command.name, command.summary)),
      line('--help', 'show every command'),
      line('--version', 'show the version'),
    ];
    return all.filter((one) => one.startsWith(current));
  }
  if (name === 'help')
    return typed.length > 1 ? [] : matching(current, { oneOf: commands.map((c) => c.name) }, []);
  const command = commands.find((one) => one.name === name);
  if (!command) return [];
  const options: Readonly<Record<string, Option>> = { ...command.options, ...common };
  const after = typed.slice(1);
  const valued = (word: string | undefined) => {
    const option = word?.startsWith('--') ? options[word.slice(2)] : undefined;
    return option?.type === 'string' ? option : undefined;
  };
  const waiting = valued(after.at(-1));
  if (waiting) return matching(current, waiting.values, after);
  const [, assigned, text = ''] = /^(--[^=]+)=(.*)$/s.exec(current) ?? [];
  if (assigned !== undefined)
    return (await matching(text, valued(assigned)?.values, after)).map((one) =>
      one === files ? one : `${assigned}=${one}`,
    );
  if (current.startsWith('-'))
    return Object.entries(options)
      .map(([option, { help }]) => line(`--${option}`, help))
      .filter((one) => one.startsWith(current) && !after.includes(one.split('\t')[0] ?? ''));
  const place = after.filter((word, i) => !word.startsWith('-') && !valued(after[i - 1])).length;
  return place < command.positionals.max ? matching(current, valuesAt(command, place), after) : [];
}

const line = (name: string, help: string): string => `${name}\t${help.split('\n')[0]}`;

async function matching(
  text: string,
  values: Values | undefined,
  typed: readonly string[],
): Promise<string[]> {
  if (values === undefined) return [];
  if ('oneOf' in values) {
    // Of a list with commas the last part is being typed.
    const before = values.many ? text.slice(0, text.lastIndexOf(',') + 1) : '';
    return values.oneOf.map((one) => `${before}${one}`).filter((one) => one.startsWith(text));
  }
  if (values.from === 'files') return [files];
  if (values.from === 'services') return services.map(({ id }) => id).filter((one) => one.startsWith(text));
  const running = await findRunning(stateOf(typed));
  const names = running ? await namesIn(running, values.from) : [];
  return names.filter((one) => one.startsWith(text)).sort();
}

function stateOf(typed: readonly string[]): string {
  const at = typed.lastIndexOf('--state');
  if (at >= 0) return typed[at + 1] ?? defaultState;
  return typed.find((word) => word.startsWith('--state='))?.slice('--state='.length) ?? defaultState;
}

/** Of an ARN or a URL the name that stands last. */
const lastPart = (id: string): string => (/^(arn:|https?:)/.test(id) ? (id.split(/[/:]/).at(-1) ?? id) : id);

async function namesIn(
  running: RunningCloud,
  from: 'log groups' | 'faults' | 'resources',
): Promise<readonly string[]> {
  switch (from) {
    case 'faults':
      return (await running.control<{ faults: readonly FaultCount[] }>('GET', 'faults')).faults.map(
        ({ id }) => id,
      );
    case 'log groups':
      return logGroups(running);
    case 'resources':
      return Object.keys((await deployed(running)).physicalIds).map(lastPart);
  }
}
