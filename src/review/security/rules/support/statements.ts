/** Statements of identity policies, each once, with whom they are attached to. */
import {
  type Architecture,
  accessOf,
  type Identity,
  isDeploymentMachinery,
  type ReadPolicy,
  type ReadStatement,
} from '../../../../architecture/index.ts';

interface HeldStatement {
  readonly policy: ReadPolicy;
  readonly statement: ReadStatement;
  /** Those that have it; never empty. */
  readonly holders: readonly Identity[];
}

/** Of what the app's author wrote: not of the CDK's own machinery. */
export function heldStatements(app: Architecture): HeldStatement[] {
  const found = new Map<ReadStatement, { policy: ReadPolicy; holders: Identity[] }>();
  for (const identity of accessOf(app).identities) {
    if (isDeploymentMachinery(app, identity.resource)) continue;
    for (const policy of identity.policies)
      for (const statement of policy.statements) {
        const held = found.get(statement) ?? { policy, holders: [] };
        held.holders.push(identity);
        found.set(statement, held);
      }
  }
  return [...found].map(([statement, { policy, holders }]) => ({ statement, policy, holders }));
}

/** By the place where a grant's evidence says that it is written. */
export function statementsByPlace(app: Architecture): ReadonlyMap<string, ReadStatement> {
  const model = accessOf(app);
  const all = [
    ...model.identities.flatMap(({ policies }) => policies),
    ...app.resources.flatMap((resource) => model.policiesAt(resource)),
  ];
  return new Map(all.flatMap(({ statements }) => statements.map((one) => [one.path, one] as const)));
}

/** `*` or an ARN whose resource part is all wildcard: `arn:aws:s3:::*`, `arn:aws:iam::*:role/*`. */
export const isEveryResource = (pattern: string): boolean =>
  pattern === '*' ||
  /^arn:[^:]*:s3:::\*(\/\*)?$/i.test(pattern) ||
  // Of a bucket the part before the slash is a name; of other services it is a kind of resource.
  /^arn:[^:]*:(?!s3:)[^:]*:[^:]*:[^:]*:([a-z-]+[:/])?\*(\/\*)?$/i.test(pattern);
