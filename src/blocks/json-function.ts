/**
 * A TypeScript function behind an API: bundled by esbuild with everything it imports (the AWS SDK too, so that
 * what was tested is what runs), its own log group, and a role that may write to that log group and nothing
 * else until something is granted.
 */

import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Stage } from './stage.ts';

export interface JsonFunctionProps {
  readonly stage: Stage;
  /** Absolute path of the TypeScript module that exports `handler`. */
  readonly entry: string;
  readonly description?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** MB; CPU grows with it. @default 256 */
  readonly memorySize?: number;
  /** @default 10 seconds. API Gateway waits 29 seconds at most. */
  readonly timeout?: Duration;
  /** @default Node.js 22 */
  readonly runtime?: Runtime;
}

export class JsonFunction extends Construct {
  readonly function: NodejsFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: JsonFunctionProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'Logs', {
      retention: props.stage.logRetention,
      removalPolicy: props.stage.removalPolicy,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(this.role);
    this.function = new NodejsFunction(this, 'Function', {
      entry: props.entry,
      description: props.description,
      handler: 'handler',
      runtime: props.runtime ?? Runtime.NODEJS_22_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize ?? 256,
      timeout: props.timeout ?? Duration.seconds(10),
      role: this.role,
      logGroup: this.logGroup,
      environment: { NODE_OPTIONS: '--enable-source-maps', ...props.environment },
      bundling: {
        format: OutputFormat.ESM,
        // The oldest runtime `runtime` may name.
        target: 'node20',
        mainFields: ['module', 'main'],
        bundleAwsSDK: true,
        minify: true,
        keepNames: true,
        sourceMap: true,
        sourceMapMode: SourceMapMode.DEFAULT,
        sourcesContent: false,
        // CommonJS dependencies inside an ES module bundle still call require() for Node's own modules.
        banner: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);",
      },
    });
    if (props.runtime === undefined) {
      acknowledge(this.function, {
        rule: 'AwsSolutions-L1',
        reason: 'Node.js 22 is a supported LTS runtime until April 2027; a newer one is one property away.',
        expires: '2027-04-30',
      });
    }
  }
}
