/** Who else may use a bus. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html */
import { type NamedPolicy, PolicyError, parsePolicy } from '../../../iam/index.ts';
import { AwsError } from '../../service.ts';
import { type BusStatement, busName, type EventsStore } from './store.ts';

/** AWS's limit for the policy of a bus, in characters. */
const longest = 10_240;

const document = (statements: readonly BusStatement[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** The policy of a bus that may not be there. */
export function busPolicy(store: EventsStore, given: string | undefined): NamedPolicy | undefined {
  const { statements = [] } = store.buses.get(busName(store, given)) ?? {};
  if (statements.length === 0) return undefined;
  return { name: 'policy of the event bus', document: parsePolicy(document(statements), 'resource') };
}

export const policyText = (statements: readonly BusStatement[]): string | undefined =>
  statements.length > 0 ? document(statements) : undefined;

/** @throws ValidationException */
export function checkedStatements(statements: readonly BusStatement[]): readonly BusStatement[] {
  const text = document(statements);
  if (text.length > longest)
    throw new AwsError('PolicyLengthExceededException', `The policy has more than ${longest} characters.`);
  try {
    parsePolicy(text, 'resource');
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new AwsError('ValidationException', `Parameter Policy is not valid. Reason: ${error.message}`);
  }
  return statements;
}

/** @throws ValidationException */
export function statementsOf(policy: string): readonly BusStatement[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(policy);
  } catch {
    throw new AwsError('ValidationException', 'Parameter Policy is not valid. Reason: it is not JSON');
  }
  const { Statement: statements = [] } = parsed as { Statement?: BusStatement | BusStatement[] };
  return checkedStatements([statements].flat());
}
