/** What the commands that read an app take for it: context for its synthesis, and the parameters of its templates. */
import { existingTarget } from '../api/existing-target.ts';
import { readParametersFile } from '../api/parameters-file.ts';
import { SlipwayError } from '../core/errors.ts';
import type { Arguments, Command } from './command.ts';

export const inputOptions = {
  context: {
    type: 'string',
    multiple: true,
    value: 'KEY=VALUE',
    help: "context for the app, as cdk's -c; may be given more than once",
  },
  parameters: {
    type: 'string',
    multiple: true,
    value: '[STACK:]NAME=VALUE',
    help: 'a parameter of the templates; may be given more than once',
  },
  'parameters-file': {
    type: 'string',
    value: 'FILE',
    help: 'parameters in JSON or YAML: NAME: VALUE, or the lists of the AWS CLI; --parameters come before it',
  },
} as const satisfies Command['options'];

/** Of the commands that ask a cloud. */
export const runDeprecatedOption = {
  'run-deprecated-as': {
    type: 'string',
    multiple: true,
    value: 'RUNTIME',
    help: 'runs functions of runtimes that AWS takes no longer, such as nodejs14.x, on this one of their language (kept with the state)',
  },
} as const satisfies Command['options'];

export const readRunDeprecated = (args: Arguments): { readonly runDeprecatedAs?: readonly string[] } => {
  const runDeprecatedAs = args.texts('run-deprecated-as');
  return runDeprecatedAs.length > 0 ? { runDeprecatedAs } : {};
};

export function readInputs(args: Arguments): {
  readonly context: Record<string, string>;
  readonly parameters: Record<string, string>;
} {
  const file = args.text('parameters-file');
  return {
    context: pairs(args.texts('context'), 'context', 'KEY=VALUE'),
    parameters: {
      ...(file === undefined
        ? {}
        : readParametersFile(existingTarget(file, 'name a file with the values of parameters'))),
      ...pairs(args.texts('parameters'), 'parameters', '[STACK:]NAME=VALUE'),
    },
  };
}

function pairs(texts: readonly string[], option: string, form: string): Record<string, string> {
  return Object.fromEntries(
    texts.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new SlipwayError('cli.usage', `--${option} takes ${form}, got ${pair}`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
