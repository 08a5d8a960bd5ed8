/** Faults of the input, all of them at once, each with the field it is in. Nothing here throws. */
import type { Call, Capacity, LoadProfile, ModelProblem, SystemModel, SystemNode } from './model.ts';
import { numberProblems, positive, type Report, share, takesProblems } from './problems-checks.ts';
import { distributionProblems } from './problems-distribution.ts';
import { profileProblems } from './problems-profile.ts';
import { shapeProblems } from './problems-shape.ts';
import { num } from './quantity.ts';

export function modelProblems(model: SystemModel, profile: LoadProfile): ModelProblem[] {
  const problems: ModelProblem[] = [];
  const report: Report = (field, message) => {
    problems.push({ field, message });
  };
  shapeProblems(model, profile, report);
  if (problems.length > 0) return problems;
  numberProblems(model.account, 'account', report);
  const byId = new Map<string, SystemNode>();
  for (const [i, node] of model.nodes.entries()) {
    const field = `nodes[${i}](${node.id})`;
    if (byId.has(node.id)) report(`${field}.id`, `is used by another node too: ${node.id}`);
    byId.set(node.id, node);
  }
  for (const [i, node] of model.nodes.entries()) {
    const field = `nodes[${i}](${node.id})`;
    numberProblems(node, field, report);
    nodeProblems(node, field, byId, report);
  }
  profileProblems(profile, byId, report);
  if (problems.length === 0) cycleProblems(model, report);
  return problems;
}

const refer = (
  id: string | undefined,
  field: string,
  wanted: readonly SystemNode['kind'][],
  nodes: ReadonlyMap<string, SystemNode>,
  report: Report,
): SystemNode | undefined => {
  if (id === undefined) return undefined;
  const node = nodes.get(id);
  if (!node) report(field, `names no node: ${id}`);
  else if (!wanted.includes(node.kind))
    report(field, `must be ${wanted.join(' or ')}, ${id} is ${node.kind}`);
  return node;
};

function nodeProblems(
  node: SystemNode,
  field: string,
  nodes: ReadonlyMap<string, SystemNode>,
  report: Report,
): void {
  const calls = (list: readonly Call[] | undefined, at: string) => {
    for (const [i, call] of (list ?? []).entries()) callProblems(call, `${at}[${i}]`, nodes, report);
  };
  switch (node.kind) {
    case 'api':
      positive(node.timeout, `${field}.timeout`, report);
      if (node.overhead) distributionProblems(node.overhead, `${field}.overhead`, report);
      if (node.routes.length === 0) report(`${field}.routes`, 'must not be empty');
      for (const [i, route] of node.routes.entries()) calls(route.calls, `${field}.routes[${i}].calls`);
      break;
    case 'function':
      positive(node.timeout, `${field}.timeout`, report);
      positive(node.memoryMb, `${field}.memoryMb`, report);
      positive(node.scaling?.per, `${field}.scaling.per`, report);
      share(node.failure, `${field}.failure`, report);
      distributionProblems(node.service, `${field}.service`, report);
      distributionProblems(node.coldStart, `${field}.coldStart`, report);
      if (
        node.reservedConcurrency !== undefined &&
        num(node.provisionedConcurrency, 0) > num(node.reservedConcurrency)
      )
        report(`${field}.provisionedConcurrency`, 'must not exceed reservedConcurrency');
      refer(node.async?.deadLetter, `${field}.async.deadLetter`, ['queue'], nodes, report);
      calls(node.calls, `${field}.calls`);
      break;
    case 'queue':
      if (node.fifo)
        report(`${field}.fifo`, 'FIFO queues are not simulated: message groups are not modelled');
      refer(node.deadLetter, `${field}.deadLetter`, ['queue'], nodes, report);
      if (node.deadLetter === node.id) report(`${field}.deadLetter`, 'must be another queue');
      if (node.deadLetter !== undefined && node.maxReceiveCount === undefined)
        report(`${field}.maxReceiveCount`, 'is needed with deadLetter');
      if (node.deadLetter === undefined && node.maxReceiveCount !== undefined)
        report(`${field}.deadLetter`, 'is needed with maxReceiveCount');
      positive(node.maxReceiveCount, `${field}.maxReceiveCount`, report);
      positive(node.visibilityTimeout, `${field}.visibilityTimeout`, report);
      break;
    case 'poller':
      refer(node.queue, `${field}.queue`, ['queue'], nodes, report);
      refer(node.function, `${field}.function`, ['function'], nodes, report);
      positive(node.batchSize, `${field}.batchSize`, report);
      positive(node.maximumConcurrency, `${field}.maximumConcurrency`, report);
      positive(node.scaling?.initial, `${field}.scaling.initial`, report);
      positive(node.scaling?.idle, `${field}.scaling.idle`, report);
      break;
    case 'workers':
      if (node.takes.kind === 'messages')
        refer(node.takes.queue, `${field}.takes.queue`, ['queue'], nodes, report);
      share(node.cpuPerSlot, `${field}.cpuPerSlot`, report);
      positive(node.takesWhenFree, `${field}.takesWhenFree`, report);
      if (num(node.takesWhenFree, 1) > num(node.concurrency))
        report(`${field}.takesWhenFree`, 'must not exceed concurrency: it would never take anything');
      capacityProblems(node, field, nodes, report);
      calls(node.calls, `${field}.calls`);
      break;
    case 'endpoint':
      capacityProblems(node, field, nodes, report);
      break;
    case 'database':
      distributionProblems(node.query, `${field}.query`, report);
      positive(node.parallelism, `${field}.parallelism`, report);
      positive(node.maxConnections, `${field}.maxConnections`, report);
      break;
  }
}

function callProblems(
  call: Call,
  field: string,
  nodes: ReadonlyMap<string, SystemNode>,
  report: Report,
): void {
  const callable = ['api', 'function', 'queue', 'workers', 'database', 'endpoint'] as const;
  const target = refer(call.to, `${field}.to`, callable, nodes, report);
  takesProblems(target, call.how, field, report);
  share(call.probability, `${field}.probability`, report);
  if (call.times !== undefined && !Number.isInteger(num(call.times)))
    report(`${field}.times`, 'must be a whole number; use probability for shares');
  positive(call.retry?.attempts, `${field}.retry.attempts`, report);
}

function capacityProblems(
  node: Capacity & Extract<SystemNode, { kind: 'workers' | 'endpoint' }>,
  field: string,
  nodes: ReadonlyMap<string, SystemNode>,
  report: Report,
): void {
  distributionProblems(node.service, `${field}.service`, report);
  distributionProblems(node.startUp, `${field}.startUp`, report);
  share(node.failure, `${field}.failure`, report);
  positive(node.concurrency, `${field}.concurrency`, report);
  positive(node.launch?.rate, `${field}.launch.rate`, report);
  const [min, desired, max] = [num(node.min), num(node.desired), num(node.max)];
  if (min > max) report(`${field}.min`, `must not exceed max: ${min} > ${max}`);
  else if (desired < min || desired > max)
    report(`${field}.desired`, `must be from min to max: ${desired} is not in ${min}..${max}`);
  for (const [i, policy] of (node.policies ?? []).entries()) {
    const at = `${field}.policies[${i}]`;
    refer(policy.queue, `${at}.queue`, ['queue'], nodes, report);
    if (policy.kind === 'target-tracking') {
      positive(policy.target, `${at}.target`, report);
      positive(policy.alarm?.period, `${at}.alarm.period`, report);
    } else {
      positive(policy.period, `${at}.period`, report);
      positive(policy.evaluationPeriods, `${at}.evaluationPeriods`, report);
      if (policy.steps.length === 0) report(`${at}.steps`, 'must not be empty');
    }
  }
  for (const [i, action] of (node.scheduled ?? []).entries())
    positive(action.every, `${field}.scheduled[${i}].every`, report);
}

/** What each node causes, per unit of its work: to find recursion that never ends. */
function causes(node: SystemNode, model: SystemModel): { to: string; gain: number; wait: boolean }[] {
  const of = (calls: readonly Call[] | undefined) =>
    (calls ?? []).map((call) => ({
      to: call.to,
      gain: num(call.probability, 1) * num(call.times, 1),
      wait: call.how !== 'send',
    }));
  if (node.kind === 'api') return node.routes.flatMap((route) => of(route.calls));
  if (node.kind === 'function' || node.kind === 'workers') return of(node.calls);
  if (node.kind !== 'queue') return [];
  return model.nodes.flatMap((other) => {
    if (other.kind === 'poller' && other.queue === node.id)
      return [{ to: other.function, gain: 1, wait: false }];
    if (other.kind === 'workers' && other.takes.kind === 'messages' && other.takes.queue === node.id)
      return [{ to: other.id, gain: 1, wait: false }];
    return [];
  });
}

function cycleProblems(model: SystemModel, report: Report): void {
  const edges = new Map(model.nodes.map((node) => [node.id, causes(node, model)]));
  const reported = new Set<string>();
  const walk = (path: readonly string[], gain: number, wait: boolean): void => {
    for (const edge of edges.get(path[path.length - 1] ?? '') ?? []) {
      const total = gain * edge.gain;
      const waits = wait && edge.wait;
      const start = path.indexOf(edge.to);
      if (start < 0) walk([...path, edge.to], total, waits);
      else if (start === 0 && (total >= 1 || waits)) {
        const loop = [...path].sort().join(' ');
        if (reported.has(loop)) continue;
        reported.add(loop);
        report(
          `nodes(${path[0]})`,
          `causes itself without end: ${[...path, edge.to].join(' → ')}; give a call a probability below 1`,
        );
      }
    }
  };
  for (const node of model.nodes) walk([node.id], 1, true);
}
