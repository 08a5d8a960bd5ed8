/**
 * An answer of an operation's shape, for a rehearsal: what a resource type does with the answer of a call that is only
 * checked has something to go on with. Lists and maps are empty, for nothing is there.
 */
import type { ServiceEnvironment } from '../service.ts';
import type { Member, OperationShape, StructureShape } from '../wire/shape.ts';

/** Deep enough for what resource types read: `Distribution.DistributionConfig.CallerReference`. */
const deepest = 3;

const made = new WeakMap<OperationShape, Map<string, object>>();

export function exampleAnswer(
  operation: OperationShape | undefined,
  service: string,
  env: Pick<ServiceEnvironment, 'arn'>,
): object {
  if (!operation) return {};
  const arn = env.arn(service, 'example');
  const known = made.get(operation) ?? new Map<string, object>();
  made.set(operation, known);
  const answer = known.get(arn) ?? structure(operation.output, deepest, arn);
  known.set(arn, answer);
  return answer;
}

function structure({ members }: StructureShape, depth: number, arn: string): object {
  return Object.fromEntries(members.map((member) => [member.name, example(member, depth, arn)]));
}

function example({ name, shape }: Member, depth: number, arn: string): unknown {
  switch (shape.kind) {
    case 'string':
      return /arn$/i.test(name) ? arn : 'example';
    case 'number':
      return 1;
    case 'boolean':
      return false;
    case 'timestamp':
      return new Date(0);
    case 'blob':
      return new Uint8Array();
    case 'list':
      return [];
    case 'map':
      return {};
    case 'structure':
      return depth === 0 ? {} : structure(shape, depth - 1, arn);
    default:
      return undefined;
  }
}
