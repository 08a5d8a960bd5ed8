/**
 * CloudFormation types that are kept and not run: held to AWS's schema, named and answered as on AWS, updated, replaced
 * and deleted by it. Which, and why that is honest, is in ./types.ts and ./classes.ts.
 */
import {
  loadLimits,
  loadSpec,
  type ResourceLimits,
  type ResourceSpec,
} from '../../architecture/schema/specs.ts';
import { lookup } from '../../core/lookup.ts';
import {
  type ResourceRequest,
  type ResourceType,
  resourceType,
  type ServiceEnvironment,
} from '../service.ts';
import { type Answers, answersOf } from './attribute-values.ts';
import { keptChecks } from './checks.ts';
import { keptClasses } from './classes.ts';
import { ownAttributes } from './own-attributes.ts';
import { keptTypeClasses } from './types.ts';

/** Type → why it may be kept. */
export const keptBecause: Readonly<Record<string, string>> = Object.fromEntries(
  [...keptTypeClasses].map(([type, name]) => [type, keptClasses[name].because]),
);

/** Undefined when the type is not among the kept. */
export async function keptType(type: string, env: ServiceEnvironment): Promise<ResourceType | undefined> {
  const because = lookup(keptBecause, type);
  if (because === undefined) return undefined;
  const [spec, limits] = await Promise.all([loadSpec(type), loadLimits(type)]);
  return spec && keep(type, because, spec, limits, env);
}

function keep(
  type: string,
  because: string,
  spec: ResourceSpec,
  limits: ResourceLimits,
  env: ServiceEnvironment,
): ResourceType {
  const own = lookup(ownAttributes, type) ?? {};
  const check = lookup(keptChecks, type);
  const [, partition = 'aws'] = env.arn('x', 'x').split(':');
  const answers = ({ properties, uniqueName }: ResourceRequest, physicalId?: string): Answers =>
    answersOf(
      {
        ...{ type, spec, limits, properties, partition },
        ...{ accountId: env.accountId, region: env.region, createdAt: env.clock.now() },
        uniqueName: uniqueName(255),
      },
      own,
      physicalId,
    );
  return resourceType<Record<string, unknown>>({
    type,
    mode: 'inert',
    because,
    honoured: [],
    kept: Object.fromEntries(Object.keys(spec.properties).map((name) => [name, because])),
    async find(request) {
      const made = answers(request);
      return request.resourcesOf(type).some(({ physicalId }) => physicalId === made.physicalId)
        ? made
        : undefined;
    },
    async create(request) {
      check?.(request, env);
      return answers(request);
    },
    async update(request) {
      check?.(request, env);
      const { physicalId, attributes } = answers(request, request.physicalId);
      // What was made keeps what it was made with: its dates, first of all.
      const kept = Object.entries(request.previousAttributes).filter(
        ([name]) => name in attributes && isDate(name),
      );
      return { physicalId, attributes: { ...attributes, ...Object.fromEntries(kept) } };
    },
    delete: async () => {},
  });
}

const isDate = (name: string): boolean => /^(Creat|Start)\w*(At|Time|Timestamp|TimeStamp|Date)$/.test(name);
