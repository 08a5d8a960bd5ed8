/** A mistyped name is answered with the one that was meant, and the Tab key knows the names, in every shell that is here. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slipwayIn } from './cli.ts';

const program = join(import.meta.dirname, '..', '..', 'bin', 'slipway.mjs');
let folder = '';
const slipway = slipwayIn(() => folder);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-names-'));
  const template = {
    Resources: {
      Orders: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/shop/orders' } },
      Payments: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/shop/payments' } },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'waiting' } },
    },
  };
  writeFileSync(join(folder, 'shop.json'), JSON.stringify(template));
  symlinkSync(program, join(folder, 'slipway'));
  expect(await slipway('up', 'shop.json', '--detach', '--port', '0')).toMatchObject({ code: 0 });
  await slipway('fault', 'add', '--service', 'sqs', '--error', 'ServiceUnavailable', '--id', 'slow-queue');
});
afterAll(async () => {
  await slipway('down');
  rmSync(folder, { recursive: true, force: true });
});

describe('a mistyped name', () => {
  it.each([
    { typed: 'upp', code: 2, says: 'did you mean slipway up?' },
    { typed: 'lgos', code: 2, says: 'did you mean slipway logs?' },
    { typed: 'xyzzyx', code: 2, says: 'the commands are init, up, check' },
    { typed: 'help stauts', code: 2, says: 'did you mean slipway status?' },
    { typed: 'up shop.json --detahc', code: 2, says: 'did you mean --detach?' },
    { typed: 'logs --folow', code: 2, says: 'did you mean --follow?' },
    { typed: 'events --severity eror', code: 2, says: 'did you mean error?' },
    { typed: 'review shop.json --only secruity', code: 2, says: 'did you mean security?' },
    { typed: 'review shop.json --format htm', code: 2, says: 'did you mean html?' },
    { typed: 'fault ad', code: 2, says: 'did you mean add?' },
    { typed: 'fault remove slow-quue', code: 1, says: "did you mean 'slow-queue'?" },
    { typed: 'fault add --error X --service sqss', code: 1, says: 'did you mean sqs?' },
    { typed: 'time advnce 1h', code: 2, says: 'did you mean advance?' },
    { typed: 'prices refesh', code: 2, says: 'did you mean refresh?' },
    { typed: 'completion bahs', code: 2, says: 'did you mean bash?' },
    { typed: 'up shpo.json', code: 1, says: 'did you mean shop.json?' },
    { typed: 'check shpo.json', code: 1, says: 'did you mean shop.json?' },
    { typed: 'logs ordres', code: 1, says: "did you mean '/shop/orders'?" },
    { typed: 'logs zzz', code: 1, says: "there is '/shop/orders', '/shop/payments'" },
  ])('slipway $typed', async ({ typed, code, says }) => {
    expect(await slipway(...typed.split(' '))).toMatchObject({
      code,
      stdout: '',
      stderr: expect.stringContaining(says),
    });
  });

  it('is none where a part of a name fits, or where something has not logged yet', async () => {
    expect(await slipway('logs', 'pay')).toMatchObject({ code: 0 });
    expect(await slipway('logs', 'waiting')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('has not logged anything yet'),
    });
  });
});

const cases = [
  { typed: 'sta', found: ['status'] },
  { typed: 'up --det', found: ['--detach'] },
  { typed: 'up sh', found: ['shop.json'] },
  { typed: 'fault add --resource wai', found: ['waiting'] },
  { typed: 'logs --follow /shop/o', found: ['/shop/orders'] },
  { typed: 'events --severity=w', found: ['--severity=warning'] },
  { typed: 'nothing ', found: [] },
  { typed: 'fault ', found: ['add', 'list', 'remove'] },
  { typed: 'fault remove s', found: ['slow-queue'] },
  {
    typed: 'fault add --service clou',
    found: ['cloudcontrol', 'cloudformation', 'cloudfront', 'cloudwatch'],
  },
  { typed: 'logs /shop/', found: ['/shop/orders', '/shop/payments'] },
  { typed: 'review --format ', found: ['html', 'json', 'md', 'sarif', 'text'] },
  { typed: 'help up', found: ['up'] },
  { typed: 'down --state x --purge --j', found: ['--json'] },
];

/** Each prints what it would put on the command line, one a line. */
const shells = {
  bash: (line: string) => [
    '-c',
    `source <(slipway completion bash)
     COMP_LINE=$1; COMP_POINT=\${#COMP_LINE}
     # As readline splits a line: at blanks, and at = which is a word of its own.
     read -ra COMP_WORDS <<< "\${COMP_LINE//=/ = }"
     [[ "$COMP_LINE" == *[[:space:]=] ]] && COMP_WORDS+=('')
     COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
     _slipway
     before=''
     [[ "\${COMP_LINE##* }" == *=* ]] && before=\${COMP_LINE##* } && before=\${before%%=*}=
     for one in "\${COMPREPLY[@]}"; do echo "$before$one"; done`,
    'bash',
    line,
  ],
  zsh: (line: string) => [
    '-f',
    '-c',
    `compdef() { }
     compadd() { while [[ $1 == -* && $1 != -a ]]; do [[ $1 == -d ]] && shift; shift; done; print -l -- "\${(@P)2}"; }
     _files() { print -l -- "\${words[CURRENT]}"*(N); }
     source <(slipway completion zsh)
     words=("\${(@s: :)1}"); CURRENT=$#words
     _slipway`,
    'zsh',
    line,
  ],
  fish: (line: string) => [
    '--no-config',
    '-c',
    `slipway completion fish | source; complete -C "$argv[1]" | string replace -r '\\t.*' ''`,
    line,
  ],
};

const here = Object.entries(shells).filter(([name]) =>
  ['/usr/bin', '/bin', '/usr/local/bin', '/opt/homebrew/bin'].some((path) => existsSync(join(path, name))),
);

describe.each(here)('the Tab key in %s', (shell, args) => {
  // The scripts differ in how they pass words on, and not in what is found.
  it.each(shell === 'bash' ? cases : cases.slice(0, 7))('slipway $typed', async ({ typed, found }) => {
    const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve) =>
      execFile(
        shell,
        args(`slipway ${typed}`),
        {
          cwd: folder,
          env: {
            PATH: [folder, process.env.PATH].join(delimiter),
            HOME: folder,
            TERM: 'dumb',
            LANG: 'C.UTF-8',
          },
        },
        (_, out, err) => resolve({ stdout: out, stderr: err }),
      ),
    );
    expect({ stderr, found: stdout.split('\n').filter(Boolean).sort() }).toEqual({ stderr: '', found });
  });
});

it('a script is taken by its shell without a complaint', () => {
  for (const [shell] of here) {
    const script = execFileSync(process.execPath, [program, 'completion', shell], { encoding: 'utf8' });
    const file = join(folder, `completion.${shell}`);
    writeFileSync(file, script);
    expect(execFileSync(shell, ['-n', file], { encoding: 'utf8' })).toBe('');
  }
});
