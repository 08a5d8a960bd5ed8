/** Queues, topics, keys, secrets, functions, repositories and the like whose own policy lets in everyone. */
import {
  type AccessLevel,
  type Resource,
  storeActions,
  storeKind,
  storeTypes,
} from '../../../../architecture/index.ts';
import { type DoorContext, type DoorKind, unclearAbout } from '../door.ts';
import { isBound } from '../guards.ts';

const levels: readonly AccessLevel[] = ['read', 'write', 'admin'];

/** Buckets and search domains have doors of their own; a file system is reached only from its network. */
const elsewhere = new Set(['bucket', 'search', 'file-system', 'database']);

interface Question {
  readonly action: string;
  readonly level: AccessLevel;
}

function questionsAbout(resource: Resource): readonly Question[] {
  if (resource.type === 'AWS::Lambda::Function') return [{ action: 'lambda:InvokeFunction', level: 'write' }];
  return storeActions(resource);
}

function ask(context: DoorContext, resource: Resource): void {
  const policies = context.access.policiesAt(resource);
  if (policies.length === 0) return;
  const parts = policies.flatMap(({ statements }) => statements.flatMap(({ resources }) => resources));
  const arns = new Set([
    resource.arn,
    ...parts.filter((text) => text.startsWith('arn:')).map((text) => text.replaceAll(/[*?]+/g, 'any')),
  ]);
  const opened = new Map<string, { actions: string[]; levels: Set<AccessLevel>; bound: boolean }>();
  for (const { action, level } of questionsAbout(resource)) {
    const answers = [...arns].map((arn) => context.access.mayAnyone(action, arn, resource));
    const answer =
      answers.find(({ allowed }) => allowed === 'yes') ??
      answers.find(({ allowed }) => allowed === 'conditions');
    if (answer === undefined) {
      const unsure = answers.find(({ allowed }) => allowed === 'cannot-tell');
      if (unsure !== undefined) {
        const { what, because } = unclearAbout(resource, 'whether anyone may use it', unsure.because ?? '');
        context.unclear(resource, what, because);
        return;
      }
      continue;
    }
    // A function URL that is open to everyone comes with such a permission, and is a door of its own.
    if (resource.type === 'AWS::Lambda::Function' && answer.allowed === 'conditions') continue;
    const at = answer.statement?.path ?? resource.id;
    const found = opened.get(at) ?? { actions: [], levels: new Set<AccessLevel>(), bound: isBound(answer) };
    found.actions.push(action);
    found.levels.add(level);
    opened.set(at, found);
  }
  for (const [at, { actions, levels: given, bound }] of opened) {
    const evidence = { at, shows: `${actions.join(', ')} for everyone` };
    context.door({
      kind: 'resource-policy',
      resource,
      what: `${[...given].join(' and ')} by anyone`,
      opens: evidence,
      guards: bound ? [{ kind: 'condition', limits: 'some', evidence }] : [],
      writes: given.has('write') || given.has('admin'),
      access: levels.filter((level) => given.has(level)),
      next: [],
    });
  }
}

export const resourcePolicies: DoorKind = (context) => {
  const types = storeTypes().filter((type) => type !== 'AWS::S3::Bucket');
  for (const resource of context.app.ofType(...types, 'AWS::Lambda::Function')) {
    const kind = storeKind(resource);
    if (kind === undefined ? resource.type === 'AWS::Lambda::Function' : !elsewhere.has(kind))
      ask(context, resource);
  }
};
