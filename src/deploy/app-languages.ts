/** What an app needs of the machine, by the language that it is written in, and what to do where it lacks it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SlipwayError } from '../core/errors.ts';

const venvs = ['.venv', 'venv', '.env', 'env'];

/** Python's virtual environment of an app. Undefined where there is none, and where one is active already. */
function venvOf(folder: string): string | undefined {
  if (process.env.VIRTUAL_ENV) return undefined;
  return venvs.map((name) => join(folder, name)).find((path) => existsSync(join(path, 'pyvenv.cfg')));
}

export function virtualEnvironment(folder: string): { readonly VIRTUAL_ENV?: string } {
  const venv = venvOf(folder);
  return venv === undefined ? {} : { VIRTUAL_ENV: venv };
}

/** Where the app's own tools are. Workspaces keep theirs in the root's node_modules/.bin. */
export function toolFolders(folder: string): string[] {
  const venv = venvOf(folder);
  const bins: string[] =
    venv === undefined ? [] : [join(venv, process.platform === 'win32' ? 'Scripts' : 'bin')];
  for (let at = folder; at !== join(at, '..'); at = join(at, '..'))
    bins.push(join(at, 'node_modules', '.bin'));
  return bins;
}

/** Where a language names version 1 of the CDK, which AWS ended in June 2023: https://docs.aws.amazon.com/cdk/v1/guide/ */
const cdk1: readonly { readonly file: string; readonly pattern: RegExp }[] = [
  { file: 'package.json', pattern: /"@aws-cdk\/core"/ },
  { file: 'requirements.txt', pattern: /^\s*aws[-_]cdk[-_.]core\b/im },
  { file: 'setup.py', pattern: /["']aws[-_]cdk[-_.]core\b/i },
  {
    file: 'pom.xml',
    pattern: /<groupId>software\.amazon\.awscdk<\/groupId>\s*<artifactId>core<\/artifactId>/,
  },
  { file: 'go.mod', pattern: /github\.com\/aws\/aws-cdk-go\/awscdk v/ },
];

/** @throws SlipwayError app.synth-failed for an app that is written for version 1 of the CDK */
export function refuseCdk1(folder: string): void {
  const named = cdk1.find(({ file, pattern }) => {
    const path = join(folder, file);
    return existsSync(path) && pattern.test(readFileSync(path, 'utf8'));
  });
  if (named === undefined) return;
  throw new SlipwayError(
    'app.synth-failed',
    `the app is written for version 1 of the AWS CDK (${named.file} names its core module), which AWS ended in June 2023 and Slipway does not read`,
    { fix: 'move it to version 2: https://docs.aws.amazon.com/cdk/v2/guide/migrating-v2.html' },
  );
}

const failures: readonly { readonly says: RegExp; fix(folder: string, found: RegExpExecArray): string }[] = [
  {
    says: /ModuleNotFoundError: No module named '([\w.]+)'/,
    fix: (folder, [, name = '']) => {
      const from = existsSync(join(folder, 'requirements.txt')) ? '-r requirements.txt' : name;
      return venvOf(folder) === undefined
        ? `the app's Python packages are not installed: python3 -m venv .venv && .venv/bin/pip install ${from} in its folder; a .venv there is used`
        : `its virtual environment lacks ${name}: .venv/bin/pip install ${from} in its folder`;
    },
  },
  {
    says: /(?:Cannot find module|Cannot find package) '([^'.][^']*)'/,
    fix: (_, [, name]) => `the app's packages are not installed (${name}): run npm install in its folder`,
  },
  {
    says: /(?:^|\s)([\w.-]+): (?:command )?not found/,
    fix: (_, [, tool]) => `the app's command needs ${tool}, which is not on the PATH: install it`,
  },
];

/** What helps against a failure that the machine is the cause of. Undefined: the app is. */
export function explainFailure(folder: string, output: string): string | undefined {
  for (const { says, fix } of failures) {
    const found = says.exec(output);
    if (found) return fix(folder, found);
  }
  return undefined;
}
