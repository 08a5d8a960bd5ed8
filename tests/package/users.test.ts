/** Users of the package: with TypeScript in strict mode, with plain JavaScript, and on the command line. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile, installed, runNode, runSlipway } from './run.ts';

const write = (file: string, text: string): void => {
  mkdirSync(join(installed, file, '..'), { recursive: true });
  writeFileSync(join(installed, file), text);
};

const silent = { code: 0, stdout: '', stderr: '' };

describe('a user with TypeScript', () => {
  const sample = `
    import { allFindings, type ReviewReport, reviewApp, toHtml } from 'slipway/review';
    import { type LocalCloud, SlipwayError, startLocalCloud } from 'slipway/local';
    import { type Json, readTemplateFile, type Resolved, Unresolved } from 'slipway/template';
    class Client {
      readonly endpoint: string;
      constructor(config: { endpoint?: string; region?: string | (() => Promise<string>); retries?: number }) {
        this.endpoint = config.endpoint ?? '';
      }
    }
    export async function use(file: string): Promise<string> {
      await using cloud: LocalCloud = await startLocalCloud({ region: 'eu-central-1' });
      const { outputs, stacks } = await cloud.up(file, { parameters: { Stage: 'dev' } });
      // @ts-expect-error an output may be missing
      const url: string = outputs.Url;
      // @ts-expect-error nothing internal is reachable
      cloud.store;
      // @ts-expect-error a length of time has units
      await cloud.advance(3600);
      await cloud.advance({ hours: 1 });
      const bill = await cloud.bill();
      return \`\${url} \${stacks.length} \${bill.total.run} \${cloud.client(Client).endpoint}\`;
    }
    export const findings = async (): Promise<number> => {
      const report: ReviewReport = await reviewApp('cdk.out', { sections: ['security'] });
      return allFindings(report).filter(({ severity }) => severity === 'high').length;
    };
    export const isOurs = (error: unknown): boolean => error instanceof SlipwayError && error.code === 'internal';
    export const known = (value: Resolved): boolean => !(value instanceof Unresolved);
    export const body = async (): Promise<Json> => (await readTemplateFile('t.yaml')).body;
    export const page = (report: ReviewReport): Promise<string> => toHtml(report);
  `;

  // Without a library of its own and without skipLibCheck: the declarations must stand alone.
  for (const [module, moduleResolution] of [
    ['nodenext', 'nodenext'],
    ['preserve', 'bundler'],
  ] as const)
    it(`compiles against the declarations with moduleResolution ${moduleResolution}`, async () => {
      write('sample/use.ts', sample);
      const alone = { lib: ['es2022'], types: [], skipLibCheck: false, verbatimModuleSyntax: true };
      expect(
        await compile(moduleResolution, { ...alone, module, moduleResolution, noEmit: true }, ['sample']),
      ).toBe('');
    });

  it('compiles the examples and the blocks, beside the declarations of AWS', async () => {
    const options = { module: 'nodenext', lib: ['es2023', 'esnext.disposable'], types: ['node'] };
    expect(await compile('examples', { ...options, skipLibCheck: true }, ['examples'])).toBe('');
  });
});

describe('the examples', () => {
  it('slipway/local: brings a template up, and reads its log, its dead letter and its bill', async () => {
    const { code, stdout, stderr } = await runNode(['greeter.js'], { folder: 'examples/local' });
    expect([code, stderr]).toEqual([0, '']);
    const [greeting, refused, bill] = stdout.trim().split(/\n+/);
    expect([greeting, refused]).toEqual([expect.stringContaining('good day Ada'), 'dead letter: ?']);
    expect(bill).toMatch(/^this run would have cost \$0\.0+[1-9]\d* without the free tier$/);
  });

  it('slipway/review: says what it found, that cdk-nag was not run, and what to install', async () => {
    const { code, stdout, stderr } = await runNode(['review.js', '../local/greeter.yaml'], {
      folder: 'examples/review',
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('SECURITY');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'cdk-nag was not run: it, aws-cdk-lib or constructs is not installed: npm install --save-dev cdk-nag',
    );
  });

  it('slipway/template: lists resources in order', async () => {
    const { code, stdout, stderr } = await runNode(['list-resources.js', '../local/greeter.yaml'], {
      folder: 'examples/template',
    });
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.trim().split('\n');
    expect(lines.at(-1)).toBe('GreetNames (AWS::Lambda::EventSourceMapping) after Names, Greet');
    expect(lines).toContain('Names (AWS::SQS::Queue) after Refused');
  });

  it('slipway/blocks: synthesizes, and its API answers on the local cloud', async () => {
    write('examples/blocks/cdk.json', '{"app":"node app.js"}');
    write(
      'examples/blocks/call.js',
      `import { startLocalCloud } from 'slipway/local';
       const cloud = await startLocalCloud();
       const { outputs } = await cloud.up('.');
       console.log(await (await fetch(outputs.ApiUrl + 'greeting')).text());
       await cloud.close();`,
    );
    const { code, stdout, stderr } = await runNode(['call.js'], { folder: 'examples/blocks' });
    expect([code, stderr, stdout.trim()]).toEqual([0, '', '{"greeting":"hello"}']);
  });
});

describe('a user with plain JavaScript', () => {
  const names = (entry: string) => `Object.keys(x).sort().join(' ')`.replace('x', entry);

  it('imports every entry, and finds what it exports and nothing more', async () => {
    write(
      'entries.js',
      `for (const entry of ['local', 'review', 'template']) {
         const found = await import('slipway/' + entry);
         console.log(${names('found')});
       }`,
    );
    expect(await runNode(['entries.js'])).toEqual({
      ...silent,
      stdout: [
        'SlipwayError startLocalCloud',
        'SlipwayError allFindings compareReviews reviewApp toHtml toMarkdown toText',
        'SlipwayError Unresolved analyse containsUnresolved createScope evaluateKnownConditions findProblems parseTemplate readAssembly readTemplateFile resolve resolveParameters\n',
      ].join('\n'),
    });
  });

  it('cannot import what is internal', async () => {
    write('internal.js', "await import('slipway/dist/local.js');");
    expect((await runNode(['internal.js'])).stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  it('has functions that import the AWS SDK of the project, and log no notice of it', async () => {
    const code =
      "const { SQSClient } = require('@aws-sdk/client-sqs'); exports.handler = async () => new SQSClient().config.region();";
    write(
      'function.json',
      JSON.stringify({
        Resources: {
          Role: {
            Type: 'AWS::IAM::Role',
            Properties: {
              AssumeRolePolicyDocument: {
                Statement: [
                  {
                    Effect: 'Allow',
                    Principal: { Service: 'lambda.amazonaws.com' },
                    Action: 'sts:AssumeRole',
                  },
                ],
              },
              ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
            },
          },
          Function: {
            Type: 'AWS::Lambda::Function',
            Properties: {
              Runtime: 'nodejs22.x',
              Handler: 'index.handler',
              Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
              Code: { ZipFile: code },
            },
          },
        },
        Outputs: { Name: { Value: { Ref: 'Function' } } },
      }),
    );
    write(
      'function.js',
      `import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
       import { startLocalCloud } from 'slipway/local';
       const cloud = await startLocalCloud({ region: 'eu-west-1' });
       const { outputs } = await cloud.up('function.json');
       const { Payload } = await cloud.client(LambdaClient).send(new InvokeCommand({ FunctionName: outputs.Name }));
       console.log(Buffer.from(Payload).toString());
       let lines = [];
       while (!lines.some(({ message }) => message.startsWith('REPORT'))) lines = await cloud.logs();
       console.log(lines.filter(({ message }) => /warning/i.test(message)).length);
       await cloud.close();`,
    );
    expect(await runNode(['function.js'])).toEqual({ ...silent, stdout: '"eu-west-1"\n0\n' });
  });

  it('sees no notice of the AWS SDK, from Slipway or from a client of its own', async () => {
    write(
      'client.js',
      `import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
       import { startLocalCloud } from 'slipway/local';
       const cloud = await startLocalCloud();
       await cloud.client(SQSClient).send(new ListQueuesCommand({}));
       console.log((await cloud.logs()).length);
       await cloud.close();`,
    );
    expect(await runNode(['client.js'])).toEqual({ ...silent, stdout: '0\n' });
  });
});

describe('a user of the command line', () => {
  it('has slipway on the path, with its help and its version', async () => {
    const { version } = JSON.parse(
      readFileSync(join(installed, 'node_modules', 'slipway', 'package.json'), 'utf8'),
    ) as { version: string };
    expect(await runSlipway('--version')).toEqual({ ...silent, stdout: `${version}\n` });
    expect((await runSlipway('--help')).stdout).toMatch(/^slipway <command>/);
  });

  it('brings a template up, asks for its outputs, and takes it down', async () => {
    const up = await runSlipway(
      ...['up', 'examples/local/greeter.yaml', '--detach', '--port', '0', '--json'],
      ...['--parameters', 'Greeting=moin'],
    );
    expect(up.code).toBe(0);
    const { stacks } = JSON.parse(up.stdout) as { stacks: { outputs: Record<string, string> }[] };
    expect(stacks[0]?.outputs.NamesUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
    const status = JSON.parse((await runSlipway('status', '--json')).stdout) as { running: boolean };
    expect(status.running).toBe(true);
    expect((await runSlipway('down', '--purge')).code).toBe(0);
  });
});
