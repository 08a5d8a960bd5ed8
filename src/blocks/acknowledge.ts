/** One place to say why a cdk-nag rule does not apply: the reason stands beside the construct it is about. */
import { Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** Acknowledges findings on `construct` and everything below it. Ids without a pack are AwsSolutions rules. */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  for (const [rule, reason] of Object.entries(reasons)) {
    Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
}
