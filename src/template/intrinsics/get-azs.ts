/**
 * Fn::GetAZs: the Availability Zones of a region; the empty string is the stack's own.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getavailabilityzones.html
 */
import { Unresolved } from '../unresolved.ts';
import type { Intrinsic } from './intrinsic.ts';
import { mayBeText, text } from './values.ts';

const usage = 'Template error: Fn::GetAZs takes the name of a region';

export const getAzs: Intrinsic = {
  name: 'Fn::GetAZs',
  check: (argument) => (mayBeText(argument) ? undefined : usage),
  evaluate(argument, evaluation) {
    const given = text(argument, '', evaluation, usage);
    if (given instanceof Unresolved) return given;
    const region = given === '' ? evaluation.scope.pseudo.region : given;
    return (
      evaluation.scope.availabilityZones?.(region) ??
      evaluation.unresolved(`the Availability Zones of ${region} are not known`)
    );
  },
};
