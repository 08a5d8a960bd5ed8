/** Reads a lifecycle configuration and refuses a malformed one with S3's words. */
import type { LifecycleRule } from '@aws-sdk/client-s3';
import { AwsError } from '../../service.ts';
import { invalidRequest, malformedXml } from './errors.ts';

const invalid = (message: string) => new AwsError('InvalidArgument', message);
const dayMs = 86_400_000;
const classes = new Set([
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'GLACIER_IR',
  'DEEP_ARCHIVE',
]);
/** Days before which an object may not move there. */
const earliest: Readonly<Record<string, number>> = { STANDARD_IA: 30, ONEZONE_IA: 30 };

export function checkRules(
  rules: readonly LifecycleRule[],
  randomId: (length: number) => string,
): readonly LifecycleRule[] {
  if (rules.length === 0 || rules.length > 1000) throw malformedXml();
  const named = rules.map((rule) => ({ ...rule, ID: rule.ID || randomId(36) }));
  const ids = new Set<string>();
  for (const rule of named) {
    if (rule.ID.length > 255) throw invalid('ID length should not exceed allowed limit of 255');
    if (ids.has(rule.ID)) throw invalid('Rule ID must be unique. Found same ID for more than one rule');
    ids.add(rule.ID);
    checkRule(rule);
  }
  return named;
}

function checkRule(rule: LifecycleRule): void {
  if (rule.Status !== 'Enabled' && rule.Status !== 'Disabled') throw malformedXml();
  if (rule.Filter !== undefined && rule.Prefix !== undefined) throw malformedXml();
  const {
    Expiration: expiration,
    Transitions: transitions = [],
    NoncurrentVersionTransitions: older = [],
  } = rule;
  const abort = rule.AbortIncompleteMultipartUpload;
  const noncurrent = rule.NoncurrentVersionExpiration;
  if (!expiration && transitions.length === 0 && older.length === 0 && !abort && !noncurrent)
    throw invalidRequest('At least one action needs to be specified in a rule');
  if (expiration) {
    const given = [expiration.Date, expiration.Days, expiration.ExpiredObjectDeleteMarker].filter(
      (value) => value !== undefined,
    );
    if (given.length !== 1) throw malformedXml();
    checkDays(expiration.Days, "'Days' for Expiration action must be a positive integer", 1);
    checkDate(expiration.Date);
  }
  checkDays(
    noncurrent?.NoncurrentDays,
    "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer",
    1,
  );
  checkDays(
    abort?.DaysAfterInitiation,
    "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
    1,
  );
  if (abort && (rule.Filter?.Tag || rule.Filter?.And?.Tags?.length))
    throw invalidRequest('AbortIncompleteMultipartUpload cannot be specified with Tags.');
  for (const { Days: days, Date: date, StorageClass: name = '' } of transitions) {
    if ((days === undefined) === (date === undefined)) throw malformedXml();
    checkClass(name, days);
    checkDays(days, "'Days' in Transition action must be nonnegative", 0);
    checkDate(date);
    if (expiration?.Days !== undefined && days !== undefined && days >= expiration.Days)
      throw invalid(
        `'Days' in the Expiration action for filter must be greater than 'Days' in the Transition action`,
      );
  }
  for (const { NoncurrentDays: days, StorageClass: name = '' } of older) checkClass(name, days);
}

function checkDays(days: number | undefined, message: string, least: number): void {
  if (days !== undefined && (!Number.isInteger(days) || days < least)) throw invalid(message);
}

function checkDate(date: Date | undefined): void {
  if (date && date.getTime() % dayMs !== 0) throw invalid("'Date' must be at midnight GMT");
}

function checkClass(name: string, days: number | undefined): void {
  if (!classes.has(name)) throw malformedXml();
  const least = earliest[name] ?? 0;
  if (days !== undefined && days < least)
    throw invalid(
      `'Days' in Transition action must be greater than or equal to ${least} for storageClass '${name}'`,
    );
}
