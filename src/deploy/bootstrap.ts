/**
 * Makes sure that an environment is bootstrapped as the CDK's templates expect: deploys the CDK's own bootstrap
 * template, taken from the aws-cdk package, when the version parameter is missing or too old.
 * https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping.html
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Clock } from '../core/clock.ts';
import { SlipwayError } from '../core/errors.ts';
import type { Host } from '../core/events.ts';
import { deployStack } from './deploy-stack.ts';

interface BootstrapOptions {
  readonly cloudformation: CloudFormationClient;
  /** Folder of the app: its own aws-cdk is preferred. */
  readonly folder: string;
  /** An account whose principals may deploy with the roles that are made; absent: those of the own account alone. */
  readonly trustedAccount?: string;
  readonly where?: string;
  readonly pollMs: number;
  readonly clock: Clock;
  readonly host: Host;
}

const bootstrapStackName = 'CDKToolkit';

/** @returns whether something was deployed */
export async function bootstrap(options: BootstrapOptions): Promise<boolean> {
  if (await isBootstrapped(options.cloudformation)) return false;
  await deployStack({
    ...options,
    stackName: bootstrapStackName,
    template: { body: await readFile(bootstrapTemplate(options.folder), 'utf8') },
    // What `cdk bootstrap` passes when it is asked for nothing special.
    parameters: {
      CloudFormationExecutionPolicies: 'arn:aws:iam::aws:policy/AdministratorAccess',
      FileAssetsBucketKmsKeyId: 'AWS_MANAGED_KEY',
      ...(options.trustedAccount === undefined
        ? {}
        : { TrustedAccounts: options.trustedAccount, TrustedAccountsForLookup: options.trustedAccount }),
    },
  });
  return true;
}

async function isBootstrapped(cloudformation: CloudFormationClient): Promise<boolean> {
  try {
    const { Stacks } = await cloudformation.send(
      new DescribeStacksCommand({ StackName: bootstrapStackName }),
    );
    return /^(CREATE|UPDATE)_COMPLETE|^UPDATE_ROLLBACK_COMPLETE/.test(Stacks?.[0]?.StackStatus ?? '');
  } catch (error) {
    if (/does not exist/.test((error as Error).message)) return false;
    throw error;
  }
}

function bootstrapTemplate(folder: string): string {
  const file = 'aws-cdk/lib/api/bootstrap/bootstrap-template.yaml';
  for (const from of [join(folder, 'package.json'), import.meta.url]) {
    try {
      return createRequire(from).resolve(file);
    } catch {
      // Not installed there; the next place may have it.
    }
  }
  throw new SlipwayError(
    'local.deploy-failed',
    'the app uses CDK assets, and the aws-cdk package with the bootstrap template is not installed',
    {
      fix: 'npm install --save-dev aws-cdk',
    },
  );
}
