/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security_iam_id-based-policy-examples.html */
import type { AccessCheck } from '../../service.ts';

/** Whoever hands a role to ECS needs iam:PassRole for it. */
export const passRole = (...roles: readonly (string | undefined)[]): AccessCheck[] =>
  roles.flatMap((resource) =>
    resource
      ? [
          {
            action: 'iam:PassRole',
            resource,
            context: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
          },
        ]
      : [],
  );
