/** The ARNs of Step Functions. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html */
import { parseArn } from '../../../core/arn.ts';
import { invalidArn } from './errors.ts';

interface MachineName {
  readonly machine: string;
  /** A version's number or an alias. */
  readonly qualifier?: string;
}

const parts = (arn: string, type: string): readonly string[] | undefined => {
  const { service, resource = '' } = parseArn(arn) ?? {};
  const [kind, ...rest] = resource.split(':');
  return service === 'states' && kind === type && rest.every((one) => one !== '') ? rest : undefined;
};

/** @throws InvalidArn */
export function readMachine(arn: string): MachineName {
  const [machine, qualifier, ...more] = parts(arn, 'stateMachine') ?? [];
  if (machine === undefined || more.length > 0) throw invalidArn(`Invalid ARN prefix: ${arn}`);
  return { machine, ...(qualifier === undefined ? {} : { qualifier }) };
}

/** @throws InvalidArn, also for an express execution, which nothing is kept of */
export function readExecution(arn: string): { readonly group: string; readonly name: string } {
  if (parts(arn, 'express')) throw invalidArn('Resource type not valid in this context: express');
  const [group, name, ...more] = parts(arn, 'execution') ?? [];
  if (group === undefined || name === undefined || more.length > 0)
    throw invalidArn(`Invalid ARN prefix: ${arn}`);
  return { group, name };
}

/** @throws InvalidArn */
export function readActivity(arn: string): string {
  const [name, ...more] = parts(arn, 'activity') ?? [];
  if (name === undefined || more.length > 0) throw invalidArn(`Invalid ARN prefix: ${arn}`);
  return name;
}
