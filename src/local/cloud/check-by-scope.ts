/** The verdict on stacks of several accounts and regions: each is judged where it will be. */
import { accountProblem, regionProblem, type Scope } from '../../core/regions.ts';
import type { StackToCheck, StackVerdict, ToComeByScope } from '../../template/verdict.ts';

/** @param check is asked one by one, in order: what a stack will make counts for those after it, also elsewhere */
export async function checkByScope(
  stacks: readonly StackToCheck[],
  usual: Scope,
  check: (
    scope: Scope,
    stack: StackToCheck,
    toCome: ToComeByScope,
  ) => Promise<readonly StackVerdict[] | undefined>,
): Promise<StackVerdict[]> {
  const toCome: ToComeByScope = new Map();
  const verdicts: StackVerdict[] = [];
  for (const stack of stacks) {
    const { accountId = usual.accountId, region = usual.region } = stack;
    const problem = accountProblem(accountId) ?? regionProblem(region);
    if (problem !== undefined) verdicts.push(refused(stack, problem));
    else verdicts.push(...((await check({ accountId, region }, stack, toCome)) ?? []));
  }
  return verdicts;
}

const refused = ({ stackName }: StackToCheck, problem: string): StackVerdict => ({
  stackName,
  wrong: [problem],
  missing: [],
  previous: [],
  refusals: [],
  live: 0,
  inert: [],
  standIns: [],
});
