/** What changed between two reviews: of another revision, or of another stage. Plain JSON. */
import { type Finding, isOpen } from './finding.ts';
import type { ReadinessAnswer } from './readiness/report.ts';
import type { Scenario, WholeAnswer } from './recovery/report.ts';
import type { Gate, ReviewReport } from './report.ts';

export interface Comparison {
  /** Open now and not before. */
  readonly appeared: readonly Finding[];
  /** Open before and not now: fixed, accepted, or its resource is gone. */
  readonly gone: readonly Finding[];
  /** Open in both. */
  readonly stayed: number;
  readonly resources: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
  };
  readonly recovery: readonly {
    readonly scenario: Scenario;
    readonly before: WholeAnswer;
    readonly after: WholeAnswer;
  }[];
  readonly objectives: readonly {
    readonly text: string;
    readonly before: string;
    readonly after: string;
  }[];
  /** How many times the load it holds, before and after; absent when one of them could not tell. */
  readonly holds?: { readonly before: number; readonly after: number };
  readonly readiness: readonly {
    readonly question: string;
    readonly before: ReadinessAnswer;
    readonly after: ReadinessAnswer;
  }[];
  readonly gates: readonly {
    readonly gate: Gate['gate'];
    readonly before: Gate['verdict'];
    readonly after: Gate['verdict'];
  }[];
}

export function compareReviews(before: ReviewReport, after: ReviewReport): Comparison {
  // What was not reviewed on one side has neither appeared nor gone.
  const both = (['security', 'capacity', 'recovery'] as const).filter(
    (section) => before[section] !== undefined && after[section] !== undefined,
  );
  const opened = open(before, both);
  const opens = open(after, both);
  const ids = (report: ReviewReport) =>
    new Set(report.diagram.nodes.flatMap((node) => [node.id, ...node.parts]));
  const [had, has] = [ids(before), ids(after)];
  const holds = [holdsAt(before), holdsAt(after)] as const;
  return {
    appeared: [...opens].filter(([key]) => !opened.has(key)).map(([, finding]) => finding),
    gone: [...opened].filter(([key]) => !opens.has(key)).map(([, finding]) => finding),
    stayed: [...opens.keys()].filter((key) => opened.has(key)).length,
    resources: {
      added: [...has].filter((id) => !had.has(id)),
      removed: [...had].filter((id) => !has.has(id)),
    },
    recovery: (after.recovery?.whole ?? []).flatMap((answer) => {
      const old = before.recovery?.whole.find(({ scenario }) => scenario === answer.scenario);
      return old === undefined || sameAnswer(old, answer)
        ? []
        : [{ scenario: answer.scenario, before: old, after: answer }];
    }),
    objectives: (after.capacity?.objectives ?? []).flatMap(({ text, verdict }) => {
      const old = before.capacity?.objectives.find((objective) => objective.text === text)?.verdict;
      return old === undefined || old === verdict ? [] : [{ text, before: old, after: verdict }];
    }),
    ...(holds[0] === undefined || holds[1] === undefined || holds[0] === holds[1]
      ? {}
      : { holds: { before: holds[0], after: holds[1] } }),
    readiness: (after.readiness?.items ?? []).flatMap(({ id, question, answer }) => {
      const old = before.readiness?.items.find((item) => item.id === id)?.answer;
      return old === undefined || old === answer ? [] : [{ question, before: old, after: answer }];
    }),
    gates: after.gates.flatMap(({ gate, verdict }, index) => {
      // There is a budget for each level of use.
      const nth = after.gates.slice(0, index).filter((one) => one.gate === gate).length;
      const old = before.gates.filter((one) => one.gate === gate)[nth]?.verdict;
      return old === undefined || old === verdict ? [] : [{ gate, before: old, after: verdict }];
    }),
  };
}

function open(
  { security, capacity, recovery, acknowledgements }: ReviewReport,
  sections: readonly ('security' | 'capacity' | 'recovery')[],
): Map<string, Finding> {
  const results = {
    security: security?.results ?? [],
    capacity: capacity?.rules ?? [],
    recovery: recovery?.rules ?? [],
  };
  const findings = sections.flatMap((section) => results[section].flatMap((result) => result.findings));
  return new Map(
    [...findings, ...(sections.length === 3 ? acknowledgements : [])]
      .filter((finding) => isOpen(finding) && finding.severity !== 'info')
      .map((finding) => [`${finding.source}|${finding.fingerprint}`, finding]),
  );
}

function sameAnswer(before: WholeAnswer, after: WholeAnswer): boolean {
  return (
    before.survives === after.survives &&
    before.rto?.maxSeconds === after.rto?.maxSeconds &&
    before.rpo?.seconds === after.rpo?.seconds
  );
}

function holdsAt({ capacity }: ReviewReport): number | undefined {
  if (capacity?.breaking.outcome === 'breaks') return capacity.breaking.holdsAt;
  return capacity?.breaking.outcome === 'holds' ? capacity.breaking.upTo : undefined;
}
