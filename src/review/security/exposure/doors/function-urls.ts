/** Function URLs. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
import { isUnresolved, show, textAt } from '../../../../architecture/index.ts';
import type { DoorKind } from '../door.ts';

export const functionUrls: DoorKind = (context) => {
  for (const url of context.app.ofType('AWS::Lambda::Url')) {
    const type = textAt(url.properties, 'AuthType');
    const target = context.app.namedIn(url.properties.TargetFunctionArn);
    if (isUnresolved(type)) context.unclear(url, 'AuthType', type.reason);
    context.door({
      kind: 'function-url',
      resource: url,
      what: 'the function URL',
      opens: show(url, 'AuthType'),
      guards: type === 'AWS_IAM' ? [{ kind: 'iam', limits: 'who', evidence: show(url, 'AuthType') }] : [],
      writes: true,
      unknown: isUnresolved(type),
      next: target.map((to) => ({ to, by: 'invokes', opens: show(url, 'TargetFunctionArn') })),
    });
  }
};
