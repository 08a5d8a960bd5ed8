/** The durable side of the service: every record it keeps, and the few questions asked across them. */
import { createHash } from 'node:crypto';
import { placeName } from '../../../core/regions.ts';
import { parseTemplate, type Template } from '../../../template/index.ts';
import type { AwsError, MadeResource, ServiceEnvironment } from '../../service.ts';
import type { Collection } from '../../store/store.ts';
import { invalid, noStackNamed, noSuchChangeSet, noSuchStack } from './errors.ts';
import type {
  ChangeSetRecord,
  Deployment,
  EventRecord,
  ExportRecord,
  ResourceRecord,
  StackRecord,
} from './model.ts';

export interface Records {
  readonly stacks: Collection<StackRecord>;
  readonly changeSets: Collection<ChangeSetRecord>;
  readonly exports: Collection<ExportRecord>;
  /** By name (a live stack) or id (also a deleted one). */
  findStack(nameOrId: string): StackRecord | undefined;
  stack(nameOrId: string, missing?: (nameOrId: string) => AwsError): StackRecord;
  liveStacks(): StackRecord[];
  putStack(stack: StackRecord): void;
  patchStack(id: string, change: Partial<StackRecord>): StackRecord;
  /** Frees the name of a deleted stack. Its record and events can still be read by its id. */
  releaseName(stack: StackRecord): void;
  forgetStack(id: string): void;

  resources(stackId: string): ResourceRecord[];
  resource(stackId: string, logicalId: string): ResourceRecord | undefined;
  putResource(stackId: string, resource: ResourceRecord): void;
  deleteResource(stackId: string, logicalId: string): void;
  /** The stack and resource that have this physical id or attribute `Arn`. */
  findPhysical(type: string, idOrArn: string): ResourceRecord | undefined;
  /** What there is of a type, of all stacks. */
  ofType(type: string): MadeResource[];

  addEvent(stackId: string, event: Omit<EventRecord, 'id' | 'at'>): EventRecord;
  /** Newest first, before the sequence number given. */
  events(
    stackId: string,
    before: number | undefined,
    limit: number,
  ): { events: EventRecord[]; next?: number };

  putTemplate(stackId: string, body: string): string;
  template(stackId: string, hash: string): string;
  /** What that template declares. Every look at a stack asks for it, and reading the whole text would take its time. */
  declaredParameters(stackId: string, deployment: Deployment): Template['Parameters'];

  changeSetsOf(stackId: string): ChangeSetRecord[];
  changeSet(nameOrId: string, stackNameOrId: string | undefined): ChangeSetRecord;

  importers(exportName: string): StackRecord[];
  transaction<T>(work: () => T): T;
}

/** Templates whose parameters are remembered. */
const mostDeclared = 200;
const keepDeletedMs = 90 * 86_400_000;

export function openRecords(env: ServiceEnvironment): Records {
  const { store, clock } = env;
  const stacks = store.collection<StackRecord>('cloudformation/stacks');
  const names = store.collection<string>('cloudformation/stack-names');
  const resources = store.collection<ResourceRecord>('cloudformation/resources');
  const events = store.collection<EventRecord>('cloudformation/events');
  const templates = store.collection<string>('cloudformation/templates');
  const changeSets = store.collection<ChangeSetRecord>('cloudformation/change-sets');
  const exports = store.collection<ExportRecord>('cloudformation/exports');
  const nextEvent = new Map<string, number>();
  const lastEvent = new Map<string, number>();
  /** Parsing a large stack record for each event would be the engine's slowest part. */
  const cache = new Map<string, StackRecord>();
  const declared = new Map<string, Template['Parameters']>();

  const get = (id: string): StackRecord | undefined => {
    let found = cache.get(id);
    if (!found) {
      found = stacks.get(id);
      if (found) cache.set(id, found);
    }
    return found;
  };
  const findStack = (nameOrId: string): StackRecord | undefined =>
    get(nameOrId.startsWith('arn:') ? nameOrId : (names.get(nameOrId) ?? ''));
  const stack = (nameOrId: string, missing = noSuchStack): StackRecord => {
    const found = findStack(nameOrId);
    if (!found) throw missing(nameOrId);
    return found;
  };
  const putStack = (record: StackRecord) => {
    stacks.put(record.id, record);
    cache.set(record.id, record);
  };
  const afterLast = (stackId: string): number => {
    const [last] = events.entries({ prefix: stackId, reverse: true, limit: 1 });
    const seq = last?.[0][1];
    return typeof seq === 'number' ? seq + 1 : 0;
  };
  const liveStacks = () => [...names.values()].flatMap((id) => get(id) ?? []);

  const records: Records = {
    stacks,
    changeSets,
    exports,
    findStack,
    stack,
    liveStacks,
    putStack(record) {
      store.transaction(() => {
        putStack(record);
        names.put(record.name, record.id);
      });
    },
    patchStack(id, change) {
      const record = { ...stack(id), ...change };
      putStack(record);
      return record;
    },
    releaseName(record) {
      if (names.get(record.name) === record.id) names.delete(record.name);
    },
    forgetStack(id) {
      store.transaction(() => {
        const record = get(id);
        if (record) records.releaseName(record);
        stacks.delete(id);
        cache.delete(id);
        nextEvent.delete(id);
        lastEvent.delete(id);
        for (const part of [resources, events, templates, changeSets]) part.clear(id);
      });
    },

    resources: (stackId) => [...resources.values({ prefix: stackId })],
    resource: (stackId, logicalId) => resources.get([stackId, logicalId]),
    putResource: (stackId, record) => resources.put([stackId, record.logicalId], record),
    deleteResource: (stackId, logicalId) => void resources.delete([stackId, logicalId]),
    ofType: (type) =>
      liveStacks().flatMap(({ id }) =>
        [...resources.values({ prefix: id })].flatMap(({ type: its, state }) =>
          its === type && state ? [state] : [],
        ),
      ),

    findPhysical(type, idOrArn) {
      for (const { id } of liveStacks())
        for (const record of resources.values({ prefix: id }))
          if (
            record.type === type &&
            (record.state?.physicalId === idOrArn || record.state?.attributes.Arn === idOrArn)
          )
            return record;
      return undefined;
    },

    addEvent(stackId, event) {
      const seq = nextEvent.get(stackId) ?? afterLast(stackId);
      nextEvent.set(stackId, seq + 1);
      // No two at the same ms: clients sort by time, and the story must stay in order.
      const at = Math.max(clock.now(), (lastEvent.get(stackId) ?? 0) + 1);
      lastEvent.set(stackId, at);
      const record = { ...event, id: eventId(env, at, event), at };
      events.put([stackId, seq], record);
      const { logicalId, physicalId, type, status, reason } = record;
      const where = placeName(env, env.home);
      env.host.notify({
        name: 'stack.event',
        data: {
          stackName: stack(stackId).name,
          ...(where === undefined ? {} : { where }),
          logicalId,
          type,
          status,
          ...(physicalId ? { physicalId } : {}),
          ...(reason ? { reason } : {}),
        },
      });
      return record;
    },
    events(stackId, before, limit) {
      // Sequence numbers have no gaps, so a page is a range.
      const from = before ?? afterLast(stackId);
      const first = Math.max(0, from - limit);
      const page = [...events.values({ prefix: stackId, from: [first], limit: from - first })].reverse();
      return { events: page, ...(first > 0 ? { next: first } : {}) };
    },

    putTemplate(stackId, body) {
      const hash = createHash('sha256').update(body).digest('hex').slice(0, 32);
      if (!templates.has([stackId, hash])) templates.put([stackId, hash], body);
      return hash;
    },
    template(stackId, hash) {
      const body = templates.get([stackId, hash]);
      if (body === undefined) throw new Error(`the template ${hash} of ${stackId} is gone from the store`);
      return body;
    },

    declaredParameters(stackId, { templateHash: hash, parameters }) {
      const known = declared.get(hash);
      if (known) return known;
      // Loops write resources with the values; which parameters there are does not depend on them.
      const { Parameters } = parseTemplate(records.template(stackId, hash), { parameters });
      if (declared.size >= mostDeclared) declared.clear();
      declared.set(hash, Parameters);
      return Parameters;
    },

    changeSetsOf: (stackId) => [...changeSets.values({ prefix: stackId })],
    changeSet(nameOrId, stackNameOrId) {
      if (nameOrId.startsWith('arn:')) {
        for (const record of changeSets.values()) if (record.id === nameOrId) return record;
        throw noSuchChangeSet(nameOrId);
      }
      if (!stackNameOrId)
        throw invalid('StackName must be specified if ChangeSetName is not specified as an ARN.');
      const { id } = stack(stackNameOrId, noStackNamed);
      const found = records.changeSetsOf(id).find((one) => one.name === nameOrId && isOpen(one));
      if (!found) throw noSuchChangeSet(nameOrId);
      return found;
    },

    importers: (exportName) =>
      liveStacks().filter((one) => one.status !== 'DELETE_COMPLETE' && one.imports.includes(exportName)),
    transaction: (work) => store.transaction(work),
  };

  const limit = clock.now() - keepDeletedMs;
  for (const record of [...stacks.values()])
    if (record.deletedAt !== undefined && record.deletedAt < limit) records.forgetStack(record.id);
  return records;
}

/** An executed change set can be described by its ARN; its name is free again. */
export const isOpen = ({ executionStatus }: ChangeSetRecord): boolean =>
  executionStatus !== 'EXECUTE_COMPLETE' && executionStatus !== 'EXECUTE_FAILED';

/** A stack's own events are numbered by UUID, a resource's carry its status. */
function eventId(env: ServiceEnvironment, at: number, event: Omit<EventRecord, 'id' | 'at'>): string {
  return event.type === 'AWS::CloudFormation::Stack' && event.physicalId.includes(':stack/')
    ? env.uuid()
    : `${event.logicalId}-${event.status}-${new Date(at).toISOString()}`;
}
