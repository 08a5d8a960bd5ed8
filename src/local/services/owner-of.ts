/** The account that owns what a call names: its service there handles the call, and its policies decide with the caller's. */

type Input = Readonly<Record<string, unknown>>;

/** @returns the account of the first of these members that is an ARN */
export const arnOwner =
  (...members: readonly string[]) =>
  (input: Input): string | undefined => {
    for (const member of members) {
      const value = input[member];
      if (typeof value === 'string' && value.startsWith('arn:')) return value.split(':', 5)[4];
    }
    return undefined;
  };

/** `http://127.0.0.1:4566/111122223333/jobs` */
export function queueOwner({ QueueUrl, QueueOwnerAWSAccountId: named }: Input): string | undefined {
  if (typeof named === 'string') return named;
  if (typeof QueueUrl !== 'string') return undefined;
  const end = QueueUrl.lastIndexOf('/');
  // Whatever is no account here is not looked for.
  return end < 13 ? undefined : QueueUrl.slice(end - 12, end);
}

const functionArn = arnOwner('FunctionName', 'Resource', 'LayerName', 'Arn');

/** Functions may also be named `111122223333:function:name`. */
export function functionOwner(input: Input): string | undefined {
  const { FunctionName: name } = input;
  return functionArn(input) ?? (typeof name === 'string' ? /^(\d{12}):function:/.exec(name)?.[1] : undefined);
}

const busArn = arnOwner('EventBusName');

/** Events are put on buses that the entries name; those of one call go to one account. */
export function busOwner(input: Input): string | undefined {
  const { Entries: entries } = input;
  return busArn(Array.isArray(entries) ? { ...entries[0] } : input);
}

export const registryOwner = ({ registryId }: Input): string | undefined =>
  typeof registryId === 'string' ? registryId : undefined;
