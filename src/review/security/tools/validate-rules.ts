/**
 * Rules of cloudformation-validate whose weight, area or wording the tool's own severity does not give. One row a rule;
 * the others keep the tool's own.
 */
import type { Area, Severity } from '../../finding.ts';

interface ValidateRule {
  readonly area?: Area;
  readonly severity?: Severity;
  readonly title?: string;
  readonly why?: string;
  readonly fix?: string;
}

const runtimes = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html';

const rows: Readonly<Record<string, ValidateRule>> = {
  E2531: {
    area: 'security',
    why: `The runtime gets no security patches: ${runtimes}`,
    fix: 'Set Runtime to a supported one.',
  },
  E2533: {
    area: 'security',
    why: `The runtime gets no security patches, and AWS refuses to create or update functions with it: ${runtimes}`,
    fix: 'Set Runtime to a supported one.',
  },
  W2531: {
    area: 'security',
    severity: 'medium',
    why: `The runtime will soon get no security patches: ${runtimes}`,
    fix: 'Set Runtime to a supported one.',
  },
  I3011: {
    area: 'recovery',
    severity: 'low',
    title: 'Nothing says what becomes of its data when it is deleted or replaced.',
    why: 'Replacing or deleting the resource deletes its data.',
    fix: 'Set DeletionPolicy and UpdateReplacePolicy (removalPolicy in the CDK) to Retain or Snapshot, or to Delete on purpose.',
  },
  W3011: {
    area: 'recovery',
    severity: 'low',
    title: 'Its data is kept on deletion or on replacement, but not on both.',
    why: 'One of deletion and replacement still deletes the data.',
    fix: 'Set both DeletionPolicy and UpdateReplacePolicy.',
  },
  I3013: {
    area: 'recovery',
    severity: 'low',
    title: 'No retention period is set.',
    why: 'The default retention deletes backups or messages after a time that nobody chose.',
    fix: 'Set the retention period.',
  },
  W2508: {
    severity: 'high',
    why: 'Anyone on the internet can try passwords and exploits on this port.',
    fix: 'Allow the addresses or security groups that need it only.',
  },
  W9008: { severity: 'medium', fix: 'Set StorageEncrypted to true.' },
  W9011: {
    severity: 'high',
    why: 'The database has a public address.',
    fix: 'Set PubliclyAccessible to false.',
  },
  W1011: {
    severity: 'high',
    why: 'A secret in a parameter is shown to everyone who can describe the stack, unless NoEcho holds.',
    fix: 'Use a dynamic reference {{resolve:secretsmanager:…}}.',
  },
  W2010: { severity: 'high', fix: 'Remove the parameter from Metadata and Outputs.' },
  W2501: {
    severity: 'high',
    fix: 'Use a dynamic reference {{resolve:secretsmanager:…}} or a NoEcho parameter.',
  },
  W2509: { severity: 'high', fix: 'Set NoEcho: true on the parameter.' },
  W9010: { severity: 'info', fix: 'Take the image from an SSM parameter, so that it can be patched.' },
  W9013: {
    area: 'template',
    severity: 'info',
    fix: 'Use the pseudo parameter AWS::AccountId, unless another account is meant.',
  },
  W3045: { area: 'security', severity: 'low', fix: 'Remove AccessControl and write a bucket policy.' },
  W3663: {
    severity: 'medium',
    why: 'Without SourceAccount, another account that gets the same bucket name could invoke the function.',
    fix: 'Set SourceAccount.',
  },
  I3510: { severity: 'low' },
};

export const validateRuleOf = (rule: string): ValidateRule => rows[rule] ?? {};
